package topdraw.reference;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.LogProbabilityWorth;
import topdraw.reference.Rescored.Reason;

/// What came of a second pass over recorded samples: what it added, and how far it is from what was
/// recorded.
public final class SecondPassSummary {
  private final EnumMap<Reason, Long> left = new EnumMap<>(Reason.class);
  private final LogProbabilityWorth worth = new LogProbabilityWorth();
  private long completions;
  private long added;
  private long replaced;
  private long compared;
  private double largest;
  private Optional<String> where = Optional.empty();

  /// Nothing yet.
  public SecondPassSummary() {}

  /// Adds one completion.
  ///
  /// @param recorded the draw as it is recorded
  /// @param said what the second pass said of it
  public void add(Draw recorded, Rescored said) {
    completions++;
    worth.add(said.on(recorded).logProbability());
    switch (said) {
      case Rescored.Not not -> left.merge(not.why(), 1L, Long::sum);
      case Rescored.Told told -> {
        if (recorded.logProbability() instanceof LogProbability.Missing) {
          added++;
        } else {
          compare(recorded, told);
        }
      }
    }
  }

  private void compare(Draw recorded, Rescored.Told told) {
    replaced += told.counts(recorded.logProbability()) ? 1 : 0;
    if (!whole(recorded.logProbability())) {
      return;
    }
    compared++;
    double apart = Math.abs(asTold(recorded.logProbability(), told.tokens()) - told.sum());
    if (apart > largest || where.isEmpty()) {
      largest = apart;
      where = Optional.of(recorded.place().toString());
    }
  }

  /// A sum that is known to lack terms says nothing of those it has.
  private static boolean whole(LogProbability recorded) {
    return recorded.usable().isPresent()
        && !(recorded instanceof Unproven(double nats, Doubt doubt)
            && (doubt == Doubt.NO_END_TOKEN || doubt == Doubt.INCOMPLETE));
  }

  /// The number before a margin was taken off.
  private static double asTold(LogProbability recorded, int tokens) {
    double taken =
        recorded instanceof AtMost(double nats, AtMost.Reason.Margin(double perToken))
            ? perToken * tokens
            : 0;
    return recorded.usable().orElse(Double.NaN) + taken;
  }

  /// How many completions were looked at.
  ///
  /// @return their number
  public long completions() {
    return completions;
  }

  /// How many had no log-probability and have one now.
  ///
  /// @return their number
  public long added() {
    return added;
  }

  /// How many had a number that proves nothing, in whose place one counts now that does.
  ///
  /// @return their number
  public long replaced() {
    return replaced;
  }

  /// How many recorded log-probabilities were compared with what the second pass said, margins left
  /// out.
  ///
  /// @return their number
  public long compared() {
    return compared;
  }

  /// The largest difference of those compared.
  ///
  /// @return in nats; 0 where none was compared
  public double largest() {
    return largest;
  }

  /// Which completion has the largest difference.
  ///
  /// @return its place; empty where none was compared
  public Optional<String> where() {
    return where;
  }

  /// How many have no log-probability by the second pass, by reason.
  ///
  /// @return the numbers, in the order of the reasons
  public Map<Reason, Long> left() {
    return new EnumMap<>(left);
  }

  /// What the log-probabilities that count now are worth together.
  ///
  /// @return a sentence; empty where each is the log-probability itself
  public Optional<String> worth() {
    return worth.sentence();
  }
}
