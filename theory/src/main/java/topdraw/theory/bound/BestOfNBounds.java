package topdraw.theory.bound;

import static topdraw.theory.finding.Finding.Role.LOWER_BOUND;
import static topdraw.theory.finding.Finding.Role.UPPER_BOUND;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.law.Law;
import topdraw.theory.law.Levels;
import topdraw.theory.law.OptimalFrontier;
import topdraw.theory.law.OutcomeTable;

/// All bounds on best-of-n on one table, as findings; what a bound does not reach, 0 nats or half
/// the wins, is what it says. All take masses of levels, so equal rewards are covered.
final class BestOfNBounds {
  private static final String AS_READ = "constant as reconstructed";

  private final double n;
  private final OutcomeTable table;
  private final Levels levels;
  private final int best;

  BestOfNBounds(double n, OutcomeTable table) {
    this.n = n;
    this.table = table;
    this.levels = table.levels();
    this.best = levels.count() - 1;
  }

  List<Finding> kl() {
    double top = KlBounds.analytical(n);
    double corollary = KlBounds.bound(n, levels.logMass(best), levels.logComplement(best));
    double anyRule =
        ExpectedKlBounds.mean(
            n, table, l -> WinnerBounds.anyRuleKl(n, Math.min(0, levels.logMass(l))));
    Stream<Finding> proven =
        Stream.of(
            nats(UPPER_BOUND, top, "K_n, Theorem 3.1"),
            nats(UPPER_BOUND, ExpectedKlBounds.alternateBound(n, table), "mean of (23), Lemma 4.1"),
            nats(UPPER_BOUND, anyRule, "mean of log((1-(1-p)^n)/p), for any rule"),
            nats(UPPER_BOUND, corollary, "(25) at the best outcome, Corollary 4.2"),
            nats(
                UPPER_BOUND,
                ExpectedKlBounds.bound(n, table),
                "mean of (25), Conjecture 4.4, by T1"),
            nats(UPPER_BOUND, ExpectedKlBounds.sharpBound(n, table), "mean of d*, T1"),
            lowerNats(top - KlGapBounds.upper(n, table), "Theorem 3.4, " + AS_READ),
            lowerNats(top - KlGapBounds.upperLocal(n, table), "T3, closed form"),
            lowerNats(top - KlGapBounds.upperSharp(n, table), "T3, mean over shares"));
    double conjectured = top - KlGapBounds.upperConjectured(n, table);
    Stream<Finding> unproven =
        Stream.of(
            conjecture(
                "kl",
                LOWER_BOUND,
                "nats",
                Math.max(0, conjectured),
                "T3 with 1/24, checked numerically"));
    return Stream.concat(proven, n < 3 ? Stream.empty() : unproven).toList();
  }

  List<Finding> winRate(Law law) {
    double top = WinRateBounds.analytical(n);
    double atBest = WinRateBounds.gap(n, levels.logMass(best), levels.logComplement(best));
    double conjectured = Tradeoff.conjecturedWinRate(law.kl());
    return List.of(
        winRate(UPPER_BOUND, top, "n/(n+1), Theorem 5.3"),
        winRate(UPPER_BOUND, top - atBest, "from the best outcome, Theorem 5.6"),
        winRate(
            UPPER_BOUND, OptimalFrontier.winRate(law.kl()), "T5, any policy of this KL divergence"),
        winRate(
            LOWER_BOUND,
            Math.max(0.5, top - WinRateBounds.gapUpper(n, table)),
            "Theorem 5.4, " + AS_READ),
        winRate(
            LOWER_BOUND,
            Math.max(0.5, top - WinRateBounds.gapUpperLocal(n, table)),
            "T4, closed form"),
        conjecture(
            "win_rate",
            UPPER_BOUND,
            "probability",
            conjectured,
            law.winRate() > conjectured + 1e-9
                ? "Conjecture 7.2 as we read it: refuted here"
                : "Conjecture 7.2 as we read it: false elsewhere"));
  }

  /// Of the paper's estimator, of one completion.
  List<Finding> spread() {
    double top = KlBounds.analytical(n);
    double mean = Math.min(top, ExpectedKlBounds.bound(n, table));
    return List.of(
        spread(top, "K_n, Lemma 4.5"),
        spread(top / 2, "K_n/2, T2"),
        spread(Math.sqrt(ExpectedKlBounds.varianceUpper(n, mean)), "from the mean of (25), T2"));
  }

  static Finding nats(Finding.Role role, double value, String source) {
    return Finding.theorem("kl", role, value, "nats", source, List.of());
  }

  static Finding winRate(Finding.Role role, double value, String source) {
    return Finding.theorem("win_rate", role, value, "probability", source, List.of());
  }

  private static Finding lowerNats(double value, String source) {
    return nats(LOWER_BOUND, Math.max(0, value), source);
  }

  private static Finding spread(double value, String source) {
    return Finding.theorem("kl_estimator_sd", UPPER_BOUND, value, "nats", source, List.of());
  }

  private static Finding conjecture(
      String quantity, Finding.Role role, String unit, double value, String source) {
    return new Finding(
        quantity,
        role,
        value,
        unit,
        Evidence.CONJECTURE,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        source,
        List.of("the conjecture is true of this table"));
  }
}
