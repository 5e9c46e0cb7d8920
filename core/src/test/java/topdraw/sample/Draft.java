package topdraw.sample;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.reference.Prompt;

/// A sample in the making, for tests that care for few of its fields.
public final class Draft {
  private final String outcome;
  private final Map<String, Double> rewards = new LinkedHashMap<>();
  private OptionalDouble logP = OptionalDouble.empty();
  private LogProbabilityMeaning meaning = LogProbabilityMeaning.UNKNOWN;
  private OptionalDouble tokens = OptionalDouble.empty();
  private OptionalDouble seconds = OptionalDouble.empty();
  private Optional<String> finish = Optional.empty();
  private Optional<String> seed = Optional.empty();
  private Optional<String> origin = Optional.empty();

  private Draft(String outcome) {
    this.outcome = outcome;
  }

  /// A completion of which only the text is known.
  public static Draft of(String text) {
    return new Draft(text);
  }

  /// With a reward; NaN for none.
  public Draft reward(String name, double value) {
    if (!Double.isNaN(value)) {
      rewards.put(name, value);
    }
    return this;
  }

  public Draft logP(double value, LogProbabilityMeaning means) {
    logP = OptionalDouble.of(value);
    meaning = means;
    return this;
  }

  public Draft tokens(double value) {
    tokens = OptionalDouble.of(value);
    return this;
  }

  public Draft seconds(double value) {
    seconds = OptionalDouble.of(value);
    return this;
  }

  public Draft finish(String value) {
    finish = Optional.of(value);
    return this;
  }

  public Draft seed(String value) {
    seed = Optional.of(value);
    return this;
  }

  public Draft origin(String value) {
    origin = Optional.of(value);
    return this;
  }

  private Sample at(String place) {
    return new Sample(
        outcome,
        Optional.of(outcome),
        logP,
        meaning,
        rewards,
        tokens,
        seconds,
        finish,
        seed,
        origin,
        Place.of(place));
  }

  /// The samples of one prompt, at `file:1`, `file:2`, ….
  public static PromptSamples prompt(String key, Draft... drafts) {
    Sample[] samples = new Sample[drafts.length];
    Arrays.setAll(samples, i -> drafts[i].at("file:" + (i + 1)));
    return new PromptSamples(key, Prompt.user(key), Arrays.asList(samples));
  }
}
