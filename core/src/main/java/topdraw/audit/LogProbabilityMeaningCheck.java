package topdraw.audit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.LogProbability.Missing;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.PromptDraws;

/// Whether the log-probabilities are those of the distribution sampled from, end token and all.
final class LogProbabilityMeaningCheck implements Check<LogProbabilityMeaningCheck> {
  private static final long serialVersionUID = 1;
  private static final String NAME = "log-probability meaning";

  private final EnumMap<Doubt, Occurrences> doubted = new EnumMap<>(Doubt.class);
  private final Occurrences without = new Occurrences();
  private boolean exact;
  private boolean atMost;
  private double margin;

  @Override
  public void look(PromptDraws prompt, long position) {
    for (Draw draw : prompt.draws()) {
      switch (draw.logProbability()) {
        case Exact proven -> exact = true;
        case AtMost(double nats, AtMost.Reason reason) -> {
          atMost = true;
          if (reason instanceof AtMost.Reason.Margin(double perToken)) {
            margin = Math.max(margin, perToken);
          }
        }
        case Unproven(double nats, Doubt doubt) -> doubted(doubt).add(position, draw.place());
        case Missing missing -> without.add(position, draw.place());
      }
    }
  }

  private Occurrences doubted(Doubt doubt) {
    return doubted.computeIfAbsent(doubt, first -> new Occurrences());
  }

  @Override
  public void merge(LogProbabilityMeaningCheck other) {
    other.doubted.forEach((doubt, seen) -> doubted(doubt).merge(seen));
    without.merge(other.without);
    exact |= other.exact;
    atMost |= other.atMost;
    margin = Math.max(margin, other.margin);
  }

  @Override
  public Optional<Verdict> verdict() {
    boolean known = exact || atMost;
    if (!known && doubted.isEmpty()) {
      return Optional.of(
          Verdict.refuse(
              NAME,
              "no log-probabilities are recorded: only equal rewards say how far the KL divergence"
                  + " is below the textbook's bound",
              without.first(),
              Withholds.LOG_PROBABILITIES));
    }
    for (Map.Entry<Doubt, Occurrences> seen : doubted.entrySet()) {
      // Of impossible numbers the check of their range tells.
      if (seen.getKey() != Doubt.IMPOSSIBLE) {
        return Optional.of(
            Verdict.refuse(
                NAME,
                seen.getValue().counted("sample") + ": " + seen.getKey().sentence(),
                seen.getValue().first(),
                Withholds.LOG_PROBABILITIES));
      }
    }
    if (without.count() > 0) {
      return Optional.of(
          Verdict.warn(
              NAME,
              without.counted("sample")
                  + " without a log-probability; bounds stay bounds, a little wider"
                  + (margin > 0 ? "; of the others, " + meaning() : ""),
              without.first()));
    }
    return known ? Optional.of(Verdict.ok(NAME, meaning())) : Optional.empty();
  }

  private String meaning() {
    if (margin > 0) {
      return AtMost.sentence(margin);
    }
    return atMost ? AtMost.SENTENCE : Exact.SENTENCE;
  }
}
