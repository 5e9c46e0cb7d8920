package topdraw.gateway.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.confidence.DriftLedger;
import topdraw.theory.numeric.Checks;
import topdraw.words.Digits;
import topdraw.words.Percent;

/// How much drift an account may spend.
///
/// A hard budget is held against the certificate of [DriftLedger], with every answer in flight at
/// the worst that it can come to: with confidence `1 - alpha` the drift itself never passes it. An
/// advisory one is held against the sum of the estimates, answers in flight at their most: a number
/// to steer by that proves nothing.
///
/// @param limit what may be spent
/// @param strictness what is held against it
/// @param window how long a window is; the account begins anew with each, aligned to 1970-01-01
///   00:00 UTC; empty for one window that never ends
/// @param top the most that one answer can ever cost under this budget, in nats, above 0: the
///   ledger's `K`, that of the dearest offer. A larger one later begins a new ledger beside the
///   first, and the two share `alpha`
/// @param alpha the chance that the certificate ever fails, in `(0, 1)`
public record DriftBudget(
    Limit limit, Strictness strictness, Optional<Duration> window, double top, double alpha) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /// What may be spent.
  public sealed interface Limit {
    /// A sum over the window.
    ///
    /// @param nats at most, finite and above 0
    record Total(double nats) implements Limit {
      /// Checks the range.
      ///
      /// @throws InputException if it is out of range
      public Total {
        inRange(nats);
      }
    }

    /// A mean over the answers of the window.
    ///
    /// @param nats an answer at most, finite and above 0
    record Mean(double nats) implements Limit {
      /// Checks the range.
      ///
      /// @throws InputException if it is out of range
      public Mean {
        inRange(nats);
      }
    }

    /// Everything: drift is written down and nothing is refused.
    record None() implements Limit {}

    private static void inRange(double nats) {
      if (!(nats > 0 && nats < Double.POSITIVE_INFINITY)) {
        throw new InputException(
            Problem.OUT_OF_RANGE, "a drift budget is a number of nats above 0, was " + nats);
      }
    }
  }

  /// What is held against the limit.
  public enum Strictness {
    /// The certificate.
    HARD,
    /// The sum of the estimates.
    ADVISORY
  }

  /// Checks the ranges, and that a hard sum can let an answer through at all.
  ///
  /// @throws InputException if the window is shorter than a second or the budget is too small
  /// @throws IllegalArgumentException if `top` or `alpha` is out of range
  public DriftBudget {
    Checks.positive(top, "top");
    Checks.openUnit(alpha, "alpha");
    window.ifPresent(
        length -> {
          if (length.compareTo(SHORTEST) < 0) {
            throw new InputException(
                Problem.OUT_OF_RANGE, "a budget's window is a second or longer, was " + length);
          }
        });
    if (strictness == Strictness.HARD
        && limit instanceof Limit.Total(double nats)
        && nats < leastHardTotal(top, alpha)) {
      throw tooSmall(nats + " nats", "", top, alpha);
    }
  }

  /// No budget: drift is written down, in one window.
  ///
  /// @param top the most that one answer can ever cost, in nats, above 0
  /// @param alpha the chance that the certificate ever fails, in `(0, 1)`
  /// @return the budget
  public static DriftBudget none(double top, double alpha) {
    return new DriftBudget(new Limit.None(), Strictness.ADVISORY, Optional.empty(), top, alpha);
  }

  /// The smallest hard sum that lets one answer through: what the certificate says when one answer
  /// is in flight and nothing is known yet. The same whatever the answer's own most is, as long as
  /// it is not 0.
  ///
  ///     K (log(8/α) + ψ(0.9)) / 0.9,   7.197 K at α = 0.05
  ///
  /// @param top the most that one answer can ever cost, in nats, above 0
  /// @param alpha the chance that the certificate ever fails, in `(0, 1)`
  /// @return the smallest sum in nats
  public static double leastHardTotal(double top, double alpha) {
    return DriftLedger.empty(top, alpha).upper(List.of(new DriftLedger.Open(top, top)));
  }

  private static InputException tooSmall(String budget, String way, double top, double alpha) {
    return new InputException(
        Problem.OUT_OF_RANGE,
        "a hard drift budget of %s lets no answer through: where one may cost %s nats, the first needs %s at %s confidence; raise it, lower n, %sor make it advisory"
            .formatted(
                budget,
                Digits.near(top),
                Digits.up(leastHardTotal(top, alpha)),
                Percent.of(1 - alpha),
                way));
  }

  /// Refuses a budget that would never let any answer of an alias through but those of the
  /// reference policy itself.
  ///
  /// @param ladder every way in which the alias answers
  /// @throws InputException if it would not
  public void requireUseful(List<Offer> ladder) {
    if (limit instanceof Limit.Mean(double nats)
        && strictness == Strictness.HARD
        && ladder.stream().noneMatch(Offer::free)
        && nats < leastHardTotal(top, alpha)) {
      throw tooSmall(nats + " nats an answer", "let the alias fall to n = 1, ", top, alpha);
    }
  }
}
