package topdraw.gateway.record;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.gateway.Answer;
import topdraw.gateway.choose.Chosen;
import topdraw.gateway.draw.Candidate;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.row.LogProbabilityWord;
import topdraw.recordings.row.TableColumns;
import topdraw.theory.law.Selection;

/// Every candidate of the answers of which a fixed number was drawn, a line each, as samples of
/// their prompts: `topdraw analyze FILE` says what every n would have given. Where drawing stopped
/// when something passed, what was drawn is no fair sample, and is not recorded.
///
/// Holds prompts and answers: only its owner may read it. Safe for many threads; lines of an answer
/// stand together, all of them or none: what a full disk or a kill left of a line is cut off.
public final class TrafficFile implements AutoCloseable {
  /// What every line begins with.
  private static final String OURS = "{\"prompt_id\":";

  private final Path path;

  /// No channel: that would be closed for all when the thread of one whose client left writes to
  /// it.
  private final OutputStream file;

  private TrafficFile(Path path, OutputStream file) {
    this.path = path;
    this.file = file;
  }

  /// Opens a file, to go on at its end.
  ///
  /// @param path the file; made for its owner alone where it is not there; a line of ours that a
  ///   kill tore is cut off
  /// @return the file; the caller closes it
  /// @throws InputException if it ends with part of a line that is none of ours
  /// @throws IOException if it cannot be written
  public static TrafficFile open(Path path) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix && !Files.exists(path)) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    OutputStream file = new FileOutputStream(path.toFile(), true);
    try {
      mend(path);
      return new TrafficFile(path, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void mend(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long end = file.length();
      long start = end;
      while (start > 0 && !endsLine(file, start)) start--;
      if (start == end) return;
      byte[] last = new byte[(int) (end - start)];
      file.seek(start);
      file.readFully(last);
      String line = new String(last, StandardCharsets.UTF_8);
      if (whole(line)) {
        file.write('\n');
      } else if (line.startsWith(OURS) || OURS.startsWith(line)) {
        file.setLength(start);
      } else {
        throw new InputException(
            Problem.CONFLICT,
            path
                + " ends with part of a line that no gateway wrote; give another file to record"
                + " in");
      }
    }
  }

  private static boolean whole(String line) {
    try {
      return Json.read(line).isObject();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean endsLine(RandomAccessFile file, long place) throws IOException {
    file.seek(place - 1);
    return file.read() == '\n';
  }

  /// Records an answer.
  ///
  /// @param answer the answer
  /// @param model the model that drew it
  /// @throws IOException if it cannot be written; then nothing of it is
  public void write(Answer answer, String model) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int part = 0; part < answer.parts().size(); part++) {
      Answer.Part one = answer.parts().get(part);
      if (!(one.chosen() instanceof Chosen.AmongWhole whole) || !fair(one)) continue;
      String reward = one.plan().reward().name();
      for (Candidate candidate : whole.candidates()) {
        lines.append(Json.line(line(answer, model, part, candidate.draw(), reward))).append('\n');
      }
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      long end = path.toFile().length();
      try {
        file.write(bytes);
      } catch (IOException e) {
        cutAt(end, e);
        throw e;
      }
    }
  }

  private void cutAt(long end, IOException why) {
    try (RandomAccessFile whole = new RandomAccessFile(path.toFile(), "rw")) {
      whole.setLength(end);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /// A fixed number was drawn, and none is lacking.
  private static boolean fair(Answer.Part part) {
    Selection selection = part.plan().selection();
    return (selection instanceof Selection.BestOfN || selection instanceof Selection.SoftBestOfN)
        && part.chosen().mishaps().failures().isEmpty();
  }

  private static Map<String, Object> line(
      Answer answer, String model, int part, Draw draw, String reward) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("prompt_id", answer.question().prompt().key());
    line.put("prompt", prompt(answer.question().prompt()));
    line.put("text", draw.text().orElse(null));
    LogProbability p = draw.logProbability();
    line.put("log_probability", p.usable().isPresent() ? p.usable().getAsDouble() : null);
    line.put(TableColumns.MEANING, LogProbabilityWord.of(p).word());
    line.put("tokens", draw.length().isPresent() ? draw.length().getAsDouble() : null);
    line.put("finish_reason", draw.finish().word().orElse(null));
    Map<String, Object> rewards = new LinkedHashMap<>();
    rewards.put(reward, draw.score() instanceof Score.Value(double value) ? value : null);
    line.put("rewards", rewards);
    line.put("model", model);
    line.put("seed", answer.seed() + "/" + part + "/" + draw.index());
    line.put("run_id", answer.run());
    return line;
  }

  private static Object prompt(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text(String text) -> text;
      case Prompt.Chat(List<Prompt.Message> messages) ->
          messages.stream()
              .map(message -> Map.of("role", message.role(), "content", message.content()))
              .toList();
    };
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
