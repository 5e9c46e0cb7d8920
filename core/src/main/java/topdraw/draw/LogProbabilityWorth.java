package topdraw.draw;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.LogProbability.Missing;
import topdraw.draw.LogProbability.Unproven;

/// What the log-probabilities of many draws are worth together: what a person should know who reads
/// a bound that rests on them.
public final class LogProbabilityWorth {
  private final EnumMap<Doubt, Long> doubted = new EnumMap<>(Doubt.class);
  private long exact;
  private long atMost;
  private long missing;
  private double margin;

  /// Nothing yet.
  public LogProbabilityWorth() {}

  /// That of some draws.
  ///
  /// @param draws the draws
  /// @return their worth
  public static LogProbabilityWorth of(Iterable<Draw> draws) {
    LogProbabilityWorth worth = new LogProbabilityWorth();
    draws.forEach(draw -> worth.add(draw.logProbability()));
    return worth;
  }

  /// Looks at another.
  ///
  /// @param logProbability that of a draw
  public void add(LogProbability logProbability) {
    switch (logProbability) {
      case Exact proven -> exact++;
      case AtMost(double nats, AtMost.Reason.Margin(double perToken)) -> {
        atMost++;
        margin = Math.max(margin, perToken);
      }
      case AtMost bound -> atMost++;
      case Unproven(double nats, Doubt doubt) -> doubted.merge(doubt, 1L, Long::sum);
      case Missing none -> missing++;
    }
  }

  /// What is to be known.
  ///
  /// @return a sentence; empty where each is the log-probability itself, or nothing was looked at
  public Optional<String> sentence() {
    long proven = exact + atMost;
    long doubts = doubted.values().stream().mapToLong(count -> count).sum();
    long all = proven + doubts + missing;
    if (proven == all) {
      return atMost == 0 ? Optional.empty() : Optional.of(conservative());
    }
    String why =
        doubted.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(most -> most.getKey().sentence())
            .orElse(Missing.SENTENCE);
    return Optional.of(
        proven == 0
            ? why
            : "%d of %d completions: %s%s"
                .formatted(
                    doubts + missing,
                    all,
                    why,
                    atMost == 0 ? "" : "; of the others, " + conservative()));
  }

  private String conservative() {
    return margin > 0 ? AtMost.sentence(margin) : AtMost.SENTENCE;
  }
}
