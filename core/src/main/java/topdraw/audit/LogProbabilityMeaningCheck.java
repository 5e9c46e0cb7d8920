package topdraw.audit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import topdraw.sample.LogProbabilityMeaning;
import topdraw.sample.PromptSamples;
import topdraw.sample.Sample;

/// Whether the log-probabilities are those of the distribution sampled from, end token and all.
final class LogProbabilityMeaningCheck implements Check {
  private static final String NAME = "log-probability meaning";

  private final Map<LogProbabilityMeaning, Places> seen =
      new EnumMap<>(LogProbabilityMeaning.class);
  private final Places without = new Places();

  @Override
  public void look(PromptSamples prompt) {
    for (Sample sample : prompt.samples()) {
      if (sample.logProbability().isPresent()) {
        seen.computeIfAbsent(sample.meaning(), _ -> new Places()).add(sample.place());
      } else {
        without.add(sample.place());
      }
    }
  }

  @Override
  public Optional<Verdict> verdict() {
    if (seen.isEmpty()) {
      return Optional.of(
          Verdict.refuse(
              NAME,
              "no log-probabilities are recorded: only equal rewards say how far the KL divergence"
                  + " is below the textbook's bound",
              without.first(),
              Withholds.LOG_PROBABILITIES));
    }
    for (LogProbabilityMeaning meaning : LogProbabilityMeaning.values()) {
      Places places = seen.get(meaning);
      if (!meaning.proves() && places != null) {
        return Optional.of(
            Verdict.refuse(
                NAME,
                places.counted("sample") + ": " + meaning.sentence(),
                places.first(),
                Withholds.LOG_PROBABILITIES));
      }
    }
    return Optional.of(usable());
  }

  private Verdict usable() {
    if (without.count() > 0) {
      return Verdict.warn(
          NAME,
          without.counted("sample")
              + " without a log-probability; bounds stay bounds, a little wider",
          without.first());
    }
    boolean conservative = seen.containsKey(LogProbabilityMeaning.CONSERVATIVE);
    return Verdict.ok(
        NAME,
        (conservative ? LogProbabilityMeaning.CONSERVATIVE : LogProbabilityMeaning.EXACT)
            .sentence());
  }
}
