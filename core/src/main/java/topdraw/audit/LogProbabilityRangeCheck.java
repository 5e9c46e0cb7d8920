package topdraw.audit;

import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.PromptDraws;

/// Whether every log-probability is a possible one: at most 0, a number, no server's sentinel.
final class LogProbabilityRangeCheck implements Check<LogProbabilityRangeCheck> {
  private static final long serialVersionUID = 1;
  private static final String NAME = "log-probability range";

  private final Occurrences impossible = new Occurrences();
  private long recorded;

  @Override
  public void look(PromptDraws prompt, long position) {
    for (Draw draw : prompt.draws()) {
      OptionalDouble number = draw.logProbability().recorded();
      if (number.isPresent()) {
        recorded++;
        double value = number.getAsDouble();
        if (!LogProbability.possible(value)) {
          impossible.add(position, draw.place(), " (" + value + ")");
        }
      }
    }
  }

  @Override
  public void merge(LogProbabilityRangeCheck other) {
    impossible.merge(other.impossible);
    recorded += other.recorded;
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
