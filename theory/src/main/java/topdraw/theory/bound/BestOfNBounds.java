package topdraw.theory.bound;

import static topdraw.theory.finding.Role.LOWER_BOUND;
import static topdraw.theory.finding.Role.UPPER_BOUND;

import java.util.List;
import java.util.stream.Stream;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Law;
import topdraw.theory.law.Levels;
import topdraw.theory.law.OptimalFrontier;
import topdraw.theory.law.OutcomeTable;

/// All bounds on best-of-n on one table, as findings; what a bound does not reach, 0 nats or half
/// the wins, is what it says. All take masses of levels, so equal rewards are covered.
final class BestOfNBounds {
  private static final Estimator TEXTBOOK_KL = KlBounds.TEXTBOOK.titled("K_n, Theorem 3.1");
  private static final Estimator MEAN_OF_23 =
      new Estimator("mean_of_23", "mean of (23), Lemma 4.1");
  private static final Estimator ANY_RULE =
      new Estimator("any_rule_kl", "mean of log((1-(1-p)^n)/p), for any rule");
  private static final Estimator AT_BEST_KL =
      new Estimator("kl_at_best_outcome", "(25) at the best outcome, Corollary 4.2");
  private static final Estimator MEAN_OF_25 =
      new Estimator("mean_of_25", "mean of (25), Conjecture 4.4, by T1");
  private static final Estimator MEAN_OF_SHARP = new Estimator("mean_of_sharp", "mean of d*, T1");
  private static final Estimator ENTROPY_KL =
      new Estimator("entropy_kl_gap", "Theorem 3.4, constant as reconstructed");
  private static final Estimator LOCAL_KL = new Estimator("local_kl_gap", "T3, closed form");
  private static final Estimator SHARES_KL = new Estimator("shares_kl_gap", "T3, mean over shares");
  private static final Estimator CONJECTURED_KL =
      new Estimator("conjectured_kl_gap", "T3 with 1/24, checked numerically");
  private static final Estimator TEXTBOOK_WIN_RATE =
      WinRateBounds.TEXTBOOK.titled("n/(n+1), Theorem 5.3");
  private static final Estimator AT_BEST_WIN_RATE =
      new Estimator("win_rate_at_best_outcome", "from the best outcome, Theorem 5.6");
  private static final Estimator CEILING =
      new Estimator("win_rate_ceiling", "T5, any policy of this KL divergence");
  private static final Estimator ENTROPY_WIN_RATE =
      new Estimator("entropy_win_rate_gap", "Theorem 5.4, constant as reconstructed");
  private static final Estimator LOCAL_WIN_RATE =
      new Estimator("local_win_rate_gap", "T4, closed form");
  private static final Estimator REFUTED_HERE =
      new Estimator("conjecture_7_2_refuted", "Conjecture 7.2 as we read it: refuted here");
  private static final Estimator FALSE_ELSEWHERE =
      new Estimator("conjecture_7_2", "Conjecture 7.2 as we read it: false elsewhere");
  private static final Estimator TEXTBOOK_SD = new Estimator("textbook_sd", "K_n, Lemma 4.5");
  private static final Estimator HALF_TEXTBOOK_SD = new Estimator("half_textbook_sd", "K_n/2, T2");
  private static final Estimator SD_FROM_MEAN =
      new Estimator("sd_from_mean_of_25", "from the mean of (25), T2");

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
            kl(UPPER_BOUND, top, TEXTBOOK_KL),
            kl(UPPER_BOUND, ExpectedKlBounds.alternateBound(n, table), MEAN_OF_23),
            kl(UPPER_BOUND, anyRule, ANY_RULE),
            kl(UPPER_BOUND, corollary, AT_BEST_KL),
            kl(UPPER_BOUND, ExpectedKlBounds.bound(n, table), MEAN_OF_25),
            kl(UPPER_BOUND, ExpectedKlBounds.sharpBound(n, table), MEAN_OF_SHARP),
            klAtLeast(top - KlGapBounds.upper(n, table), ENTROPY_KL),
            klAtLeast(top - KlGapBounds.upperLocal(n, table), LOCAL_KL),
            klAtLeast(top - KlGapBounds.upperSharp(n, table), SHARES_KL));
    double conjectured = top - KlGapBounds.upperConjectured(n, table);
    Stream<Finding> unproven =
        Stream.of(conjecture(Quantity.KL, LOWER_BOUND, Math.max(0, conjectured), CONJECTURED_KL));
    return Stream.concat(proven, n < 3 ? Stream.empty() : unproven).toList();
  }

  List<Finding> winRate(Law law) {
    double top = WinRateBounds.analytical(n);
    double atBest = WinRateBounds.gap(n, levels.logMass(best), levels.logComplement(best));
    double conjectured = Tradeoff.conjecturedWinRate(law.kl());
    return List.of(
        winRate(UPPER_BOUND, top, TEXTBOOK_WIN_RATE),
        winRate(UPPER_BOUND, top - atBest, AT_BEST_WIN_RATE),
        ceiling(law.kl()),
        winRate(
            LOWER_BOUND, Math.max(0.5, top - WinRateBounds.gapUpper(n, table)), ENTROPY_WIN_RATE),
        winRate(
            LOWER_BOUND,
            Math.max(0.5, top - WinRateBounds.gapUpperLocal(n, table)),
            LOCAL_WIN_RATE),
        conjecture(
            Quantity.WIN_RATE,
            UPPER_BOUND,
            conjectured,
            law.winRate() > conjectured + 1e-9 ? REFUTED_HERE : FALSE_ELSEWHERE));
  }

  /// Of the paper's estimator, of one completion.
  List<Finding> spread() {
    double top = KlBounds.analytical(n);
    double mean = Math.min(top, ExpectedKlBounds.bound(n, table));
    return List.of(
        spread(top, TEXTBOOK_SD),
        spread(top / 2, HALF_TEXTBOOK_SD),
        spread(Math.sqrt(ExpectedKlBounds.varianceUpper(n, mean)), SD_FROM_MEAN));
  }

  static Finding kl(Role role, double value, Estimator source) {
    return Finding.theorem(Quantity.KL, role, value, source, List.of());
  }

  /// What no policy of a drift exceeds.
  static Finding ceiling(double kl) {
    return winRate(UPPER_BOUND, OptimalFrontier.winRate(kl), CEILING);
  }

  private static Finding winRate(Role role, double value, Estimator source) {
    return Finding.theorem(Quantity.WIN_RATE, role, value, source, List.of());
  }

  private static Finding klAtLeast(double value, Estimator source) {
    return kl(LOWER_BOUND, Math.max(0, value), source);
  }

  private static Finding spread(double value, Estimator source) {
    return Finding.theorem(Quantity.KL_ESTIMATOR_SD, UPPER_BOUND, value, source, List.of());
  }

  private static Finding conjecture(Quantity quantity, Role role, double value, Estimator source) {
    return Finding.conjecture(
        quantity, role, value, source, List.of("the conjecture is true of this table"));
  }
}
