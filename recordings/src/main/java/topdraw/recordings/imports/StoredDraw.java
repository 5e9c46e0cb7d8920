package topdraw.recordings.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/// An imported draw while it waits on disk for the others of its prompt. Its outcome is kept only
/// where the recording named it; else it follows from the rest.
@JsonInclude(Include.NON_NULL)
record StoredDraw(
    @Nullable String outcome,
    @Nullable String text,
    int @Nullable [] ids,
    double @Nullable [] logProbabilities,
    @Nullable Double tokens,
    @Nullable Double logP,
    @Nullable LogProbabilityWord worth,
    @Nullable Double margin,
    @Nullable String finish,
    @Nullable Map<String, Entry> scores,
    @Nullable Double seconds,
    @Nullable String policy,
    @Nullable String seed,
    String place,
    @Nullable Long row,
    @Nullable String same,
    @Nullable String rater,
    @Nullable String rollout,
    @Nullable String turn,
    @Nullable String answer) {

  /// A score, or why there is none.
  @JsonInclude(Include.NON_NULL)
  record Entry(@Nullable Double value, @Nullable String missing) {
    static Entry of(Score score) {
      return switch (score) {
        case Score.Value(double value) -> new Entry(value, null);
        case Score.Missing(String reason) -> new Entry(null, reason);
      };
    }

    Score score() {
      return value != null ? new Score.Value(value) : new Score.Missing(String.valueOf(missing));
    }
  }

  static StoredDraw of(PartDraw part) {
    Draw draw = part.draw();
    int[] ids = draw.tokens() instanceof Tokens.Ids known ? known.ids() : null;
    return new StoredDraw(
        draw.outcome() instanceof Outcome.Named(String name) ? name : null,
        draw.text().orElse(null),
        ids,
        draw.tokens() instanceof Tokens.Ids known ? known.logProbabilities() : null,
        ids == null ? number(draw.length()) : null,
        number(draw.logProbability().recorded()),
        draw.logProbability().recorded().isPresent()
            ? LogProbabilityWord.of(draw.logProbability())
            : null,
        draw.logProbability() instanceof AtMost(double nats, AtMost.Reason.Margin(double perToken))
            ? perToken
            : null,
        draw.finish().word().orElse(null),
        entries(draw.scores()),
        number(draw.seconds()),
        draw.origin().policy().orElse(null),
        draw.origin().seed().orElse(null),
        draw.place().words(),
        draw.place().row().isPresent() ? draw.place().row().getAsLong() : null,
        draw.outcome() instanceof Outcome.Said(String same, var finish)
                && !same.equals(draw.text().orElse(null))
            ? same
            : null,
        part.rater(),
        part.rollout(),
        part.turn(),
        draw.answer().orElse(null));
  }

  private static @Nullable Map<String, Entry> entries(Scores scores) {
    if (scores.names().isEmpty()) {
      return null;
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < scores.names().size(); i++) {
      entries.put(scores.names().get(i), Entry.of(scores.scores().get(i)));
    }
    return entries;
  }

  private static @Nullable Double number(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }

  /// The draw under its index among those of its prompt.
  ///
  /// @param marks what else is known of its policy
  Draw draw(int index, String marks) {
    Tokens known =
        ids != null && logProbabilities != null
            ? new Tokens.Ids(ids, logProbabilities)
            : Tokens.count(number(tokens));
    Optional<String> said = Optional.ofNullable(text);
    FinishReason ended = FinishReason.of(Optional.ofNullable(finish));
    Place stands = new Place(place, row == null ? OptionalLong.empty() : OptionalLong.of(row));
    return new Draw(
            index,
            outcome == null
                ? Outcome.of(known, same == null ? said : Optional.of(same), ended, stands)
                : new Outcome.Named(outcome),
            said,
            known,
            logProbability(),
            ended,
            scored(),
            number(seconds),
            new Origin(from(marks), Optional.ofNullable(seed), stands))
        .withAnswer(Optional.ofNullable(answer));
  }

  private LogProbability logProbability() {
    if (logP == null || worth == null) {
      return LogProbability.missing();
    }
    return margin == null
        ? worth.of(logP)
        : LogProbability.atMost(logP, new AtMost.Reason.Margin(margin));
  }

  private Optional<String> from(String marks) {
    String all = (policy == null ? "" : policy + " ") + marks;
    return all.isBlank() ? Optional.empty() : Optional.of(all.strip());
  }

  private Scores scored() {
    if (scores == null) {
      return Scores.none();
    }
    List<String> names = new ArrayList<>();
    List<Score> values = new ArrayList<>();
    scores.forEach(
        (name, entry) -> {
          names.add(name);
          values.add(entry.score());
        });
    return new Scores(names, values);
  }

  private static OptionalDouble number(@Nullable Double number) {
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }
}
