package topdraw.audit;

import java.util.Optional;
import topdraw.sample.PromptSamples;
import topdraw.sample.Sample;

/// Whether every log-probability is a possible one: at most 0, a number, no server's sentinel.
final class LogProbabilityRangeCheck implements Check {
  private static final String NAME = "log-probability range";

  private final Places impossible = new Places();
  private long recorded;

  @Override
  public void look(PromptSamples prompt) {
    for (Sample sample : prompt.samples()) {
      if (sample.logProbability().isPresent()) {
        recorded++;
        double value = sample.logProbability().getAsDouble();
        if (!Sample.possible(value)) {
          impossible.add(sample.place(), " (" + value + ")");
        }
      }
    }
  }

  @Override
  public Optional<Verdict> verdict() {
    if (recorded == 0) {
      return Optional.empty();
    }
    return Optional.of(
        impossible.count() == 0
            ? Verdict.ok(NAME, "every log-probability is finite and at most 0")
            : Verdict.refuse(
                NAME,
                impossible.counted("log-probability").replace("ys", "ies")
                    + " above 0, not a number, or a server's sign for \"unknown\" (-9999, below -1e30);"
                    + " a column of probabilities needs its logarithm",
                impossible.first(),
                Withholds.LOG_PROBABILITIES));
  }
}
