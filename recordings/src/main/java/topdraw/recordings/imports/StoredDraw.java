package topdraw.recordings.imports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.Origin;
import topdraw.draw.Outcome;
import topdraw.draw.Place;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.recordings.row.LogProbabilityWord;

/// A draw, or the part of one, as bytes, while it waits for the others of its prompt: on disk, or
/// on the way to another machine. Its outcome is kept only where the recording named it; else it
/// follows from the rest.
///
/// Bytes and not JSON: a draw is written and read in a fifth of the time.
final class StoredDraw {
  /// Stands where no log-probability is recorded; else what it is worth, by its place among these.
  private static final int NO_LOG_PROBABILITY = -1;

  private static final List<LogProbabilityWord> WORTHS = List.of(LogProbabilityWord.values());

  private final int length;
  private final DataInputStream in;

  private StoredDraw(byte[] bytes) {
    length = bytes.length;
    in = new DataInputStream(new ByteArrayInputStream(bytes));
  }

  static byte[] bytes(PartDraw part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      write(new DataOutputStream(bytes), part);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not into memory
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, PartDraw part) throws IOException {
    Draw draw = part.draw();
    StoredText.write(out, draw.outcome() instanceof Outcome.Named(String name) ? name : null);
    StoredText.write(out, draw.text());
    StoredText.write(
        out,
        draw.outcome() instanceof Outcome.Said(String same, var cut)
                && !same.equals(draw.text().orElse(null))
            ? same
            : null);
    write(out, draw.tokens());
    write(out, draw.logProbability());
    StoredText.write(out, draw.finish().word());
    write(out, draw.scores());
    write(out, draw.seconds());
    StoredText.write(out, draw.origin().policy());
    StoredText.write(out, draw.origin().seed());
    StoredText.write(out, draw.place().words());
    out.writeLong(draw.place().row().orElse(-1));
    StoredText.write(out, draw.answer());
    StoredText.write(out, part.rater());
    StoredText.write(out, part.rollout());
    StoredText.write(out, part.turn());
  }

  private static void write(DataOutput out, Tokens tokens) throws IOException {
    if (!(tokens instanceof Tokens.Ids known)) {
      out.writeInt(-1);
      write(out, tokens.length());
      return;
    }
    int[] ids = known.ids();
    double[] logProbabilities = known.logProbabilities();
    out.writeInt(ids.length);
    for (int id : ids) {
      out.writeInt(id);
    }
    out.writeInt(logProbabilities.length);
    for (double logProbability : logProbabilities) {
      out.writeDouble(logProbability);
    }
  }

  private static void write(DataOutput out, OptionalDouble number) throws IOException {
    out.writeBoolean(number.isPresent());
    if (number.isPresent()) {
      out.writeDouble(number.getAsDouble());
    }
  }

  private static void write(DataOutput out, LogProbability of) throws IOException {
    if (of.recorded().isEmpty()) {
      out.writeByte(NO_LOG_PROBABILITY);
      return;
    }
    out.writeByte(WORTHS.indexOf(LogProbabilityWord.of(of)));
    out.writeDouble(of.recorded().getAsDouble());
    write(
        out,
        of instanceof AtMost(double nats, AtMost.Reason.Margin(double perToken))
            ? OptionalDouble.of(perToken)
            : OptionalDouble.empty());
  }

  private static void write(DataOutput out, Scores scores) throws IOException {
    out.writeInt(scores.names().size());
    for (int i = 0; i < scores.names().size(); i++) {
      StoredText.write(out, scores.names().get(i));
      switch (scores.scores().get(i)) {
        case Score.Value(double value) -> {
          StoredText.write(out, (String) null);
          out.writeDouble(value);
        }
        case Score.Missing(String reason) -> StoredText.write(out, reason);
      }
    }
  }

  /// The draw again, or the part of one.
  ///
  /// @param bytes what [#bytes] made of it
  /// @param index its place among those of its prompt
  /// @param policy what else is known of its policy
  /// @param marks values that may tell prompts or policies apart
  static PartDraw part(byte[] bytes, int index, String policy, List<String> marks) {
    StoredDraw stored = new StoredDraw(bytes);
    try {
      PartDraw part = stored.part(index, policy, marks);
      if (stored.in.available() > 0) {
        throw new IOException("more than a draw in " + stored.length + " bytes");
      }
      return part;
    } catch (IOException e) {
      throw new UncheckedIOException("what this program wrote was changed while it ran", e);
    }
  }

  private PartDraw part(int index, String policy, List<String> marks) throws IOException {
    String named = StoredText.read(in);
    Optional<String> said = StoredText.optional(in);
    Optional<String> same = StoredText.optional(in).or(() -> said);
    Tokens tokens = tokens();
    LogProbability logProbability = logProbability();
    FinishReason ended = FinishReason.of(StoredText.optional(in));
    Scores scores = scores();
    OptionalDouble seconds = number();
    String from = (StoredText.optional(in).map(own -> own + " ").orElse("") + policy).strip();
    Optional<String> seed = StoredText.optional(in);
    Place place = place();
    Draw draw =
        new Draw(
                index,
                named == null ? Outcome.of(tokens, same, ended, place) : new Outcome.Named(named),
                said,
                tokens,
                logProbability,
                ended,
                scores,
                seconds,
                new Origin(from.isEmpty() ? Optional.empty() : Optional.of(from), seed, place))
            .withAnswer(StoredText.optional(in));
    return new PartDraw(draw, StoredText.read(in), StoredText.read(in), StoredText.read(in), marks);
  }

  private Tokens tokens() throws IOException {
    int count = in.readInt();
    if (count < 0) {
      return Tokens.count(number());
    }
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = in.readInt();
    }
    double[] logProbabilities = new double[in.readInt()];
    for (int i = 0; i < logProbabilities.length; i++) {
      logProbabilities[i] = in.readDouble();
    }
    return new Tokens.Ids(ids, logProbabilities);
  }

  private LogProbability logProbability() throws IOException {
    int worth = in.readByte();
    if (worth == NO_LOG_PROBABILITY) {
      return LogProbability.missing();
    }
    double nats = in.readDouble();
    OptionalDouble margin = number();
    return margin.isPresent()
        ? LogProbability.atMost(nats, new AtMost.Reason.Margin(margin.getAsDouble()))
        : WORTHS.get(worth).of(nats);
  }

  private OptionalDouble number() throws IOException {
    return in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty();
  }

  private Scores scores() throws IOException {
    int count = in.readInt();
    if (count == 0) {
      return Scores.none();
    }
    List<String> names = new ArrayList<>(count);
    List<Score> scores = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(StoredText.required(in));
      @Nullable String missing = StoredText.read(in);
      scores.add(missing == null ? new Score.Value(in.readDouble()) : new Score.Missing(missing));
    }
    return new Scores(names, scores);
  }

  private Place place() throws IOException {
    String words = StoredText.required(in);
    long row = in.readLong();
    return new Place(words, row < 0 ? OptionalLong.empty() : OptionalLong.of(row));
  }
}
