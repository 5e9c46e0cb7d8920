package topdraw.audit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.LogProbability.Missing;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.PromptDraws;

/// Whether the log-probabilities are those of the distribution sampled from, end token and all.
final class LogProbabilityMeaningCheck implements Check {
  private static final String NAME = "log-probability meaning";

  private final Map<Doubt, Occurrences> doubted = new EnumMap<>(Doubt.class);
  private final Occurrences without = new Occurrences();
  private Optional<Exact> exact = Optional.empty();
  private Optional<AtMost> atMost = Optional.empty();

  @Override
  public void look(PromptDraws prompt) {
    for (Draw draw : prompt.draws()) {
      switch (draw.logProbability()) {
        case Exact known -> exact = Optional.of(known);
        case AtMost known -> atMost = Optional.of(known);
        case Unproven(_, Doubt doubt) ->
            doubted.computeIfAbsent(doubt, _ -> new Occurrences()).add(draw.place());
        case Missing _ -> without.add(draw.place());
      }
    }
  }

  @Override
  public Optional<Verdict> verdict() {
    Optional<LogProbability> known = atMost.<LogProbability>map(p -> p).or(() -> exact);
    if (known.isEmpty() && doubted.isEmpty()) {
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
                  + " without a log-probability; bounds stay bounds, a little wider",
              without.first()));
    }
    return known.map(meaning -> Verdict.ok(NAME, meaning.sentence()));
  }
}
