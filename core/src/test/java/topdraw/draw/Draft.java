package topdraw.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/// A draw in the making, for tests that care for few of its fields.
public final class Draft {
  /// A number said to be the log-probability itself.
  public static final DoubleFunction<LogProbability> EXACT = LogProbability::exact;

  /// A number said to be no more than it.
  public static final DoubleFunction<LogProbability> AT_MOST =
      nats -> LogProbability.atMost(nats, new LogProbability.AtMost.Reason.Truncation());

  /// A number of which nothing is said.
  public static final DoubleFunction<LogProbability> UNKNOWN =
      nats -> new LogProbability.Unproven(nats, LogProbability.Doubt.UNKNOWN_DISTRIBUTION);

  private final String text;
  private final Map<String, Score> scores = new LinkedHashMap<>();
  private LogProbability logP = LogProbability.missing();
  private Tokens tokens = Tokens.unknown();
  private OptionalDouble seconds = OptionalDouble.empty();
  private FinishReason finish = FinishReason.NOT_RECORDED;
  private Optional<String> seed = Optional.empty();
  private Optional<String> policy = Optional.empty();

  private Draft(String text) {
    this.text = text;
  }

  /// A completion of which only the text is known.
  public static Draft of(String text) {
    return new Draft(text);
  }

  /// A completion as the embedded engine draws it, ended by the policy.
  public static Draw drawn(int index, String text, int[] ids, double... logProbabilities) {
    var tokens = new Tokens.Ids(ids, logProbabilities);
    return Draw.of(
        index, text, tokens, LogProbability.exact(tokens.logProbability(0)), FinishReason.STOP);
  }

  /// Says that a reward did not score it.
  public Draft unscored(String name) {
    scores.put(name, new Score.Missing("it was not scored"));
    return this;
  }

  /// With a reward; NaN for none.
  public Draft reward(String name, double value) {
    if (!Double.isNaN(value)) {
      scores.put(name, new Score.Value(value));
    }
    return this;
  }

  public Draft logP(double value, DoubleFunction<LogProbability> worth) {
    logP = worth.apply(value);
    return this;
  }

  public Draft tokens(double value) {
    tokens = new Tokens.Count(value);
    return this;
  }

  public Draft seconds(double value) {
    seconds = OptionalDouble.of(value);
    return this;
  }

  public Draft finish(String value) {
    finish = FinishReason.of(value);
    return this;
  }

  public Draft seed(String value) {
    seed = Optional.of(value);
    return this;
  }

  public Draft origin(String value) {
    policy = Optional.of(value);
    return this;
  }

  /// The draw at a place.
  public Draw at(int index, String place) {
    Place stands = Place.of(place);
    Optional<String> said = Optional.of(text);
    return new Draw(
        index,
        Outcome.of(tokens, said, finish, stands),
        said,
        tokens,
        logP,
        finish,
        new Scores(List.copyOf(scores.keySet()), List.copyOf(scores.values())),
        seconds,
        new Origin(policy, seed, stands));
  }

  /// The draws of one prompt, at `file:1`, `file:2`, ….
  public static PromptDraws prompt(String key, Draft... drafts) {
    return prompt(key, Arrays.asList(drafts));
  }

  /// The draws of one prompt, at `file:1`, `file:2`, ….
  public static PromptDraws prompt(String key, List<Draft> drafts) {
    List<Draw> draws = new ArrayList<>();
    for (Draft draft : drafts) {
      draws.add(draft.at(draws.size(), "file:" + (draws.size() + 1)));
    }
    return new PromptDraws(key, Optional.of(Prompt.user(key)), draws);
  }
}
