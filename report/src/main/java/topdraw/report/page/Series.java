package topdraw.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import topdraw.estimate.AtN;
import topdraw.estimate.Measures;
import topdraw.estimate.PromptCurves;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.words.QuantityWords;

/// One curve of an analysis: the findings that differ in n alone.
///
/// @param quantity what it is
/// @param role the quantity itself or a bound
/// @param evidence how well it is known
/// @param confidence of it where it is proven with one
/// @param source the estimator
record Series(
    Quantity quantity, Role role, Evidence evidence, OptionalDouble confidence, Estimator source) {
  /// What the bounds are called that need no data.
  static final String TEXTBOOK = "textbook";

  /// What stands at the end of a line of their own, where there is little room.
  private static final Map<Estimator, String> SHORT =
      Map.of(
          KlBounds.TEXTBOOK, TEXTBOOK,
          WinRateBounds.TEXTBOOK, TEXTBOOK,
          Measures.SEEN_MASS, "seen-mass bound",
          Measures.MEAN_OF_25, "eq. (25)",
          Measures.MEAN_OF_SHARP, "d*");

  private static final Set<Estimator> DRIFT_ESTIMATES =
      Set.of(Betting.on(Measures.POOL_KL), Betting.on(Measures.POOL_KL_FROM_LEVELS));

  /// A curve that is estimated may begin where no draw can change it.
  static Series of(Finding finding) {
    boolean value = finding.role() == Role.VALUE;
    return new Series(
        finding.quantity(),
        finding.role(),
        value && finding.evidence() == Evidence.EXACT ? Evidence.ESTIMATE : finding.evidence(),
        finding.evidence() == Evidence.THEOREM ? finding.confidence() : OptionalDouble.empty(),
        finding.source());
  }

  static Series of(PromptCurves.Curve curve) {
    return new Series(
        curve.quantity(), curve.role(), curve.evidence(), OptionalDouble.empty(), curve.source());
  }

  /// Whether it needs no data at all.
  boolean textbook() {
    return source.equals(KlBounds.TEXTBOOK) || source.equals(WinRateBounds.TEXTBOOK);
  }

  /// All curves by quantity, in the order they are read.
  static Map<Quantity, List<Series>> byQuantity(List<AtN> curve) {
    Set<Series> all = new LinkedHashSet<>();
    curve.forEach(at -> at.findings().forEach(f -> all.add(of(f))));
    Map<Quantity, List<Series>> byQuantity = new LinkedHashMap<>();
    // What the samples say leads; the textbook's bounds alone would open with a number of no data.
    all.stream().filter(one -> one.role() == Role.VALUE).forEach(one -> put(byQuantity, one));
    all.stream().filter(one -> one.role() != Role.VALUE).forEach(one -> put(byQuantity, one));
    return byQuantity;
  }

  private static void put(Map<Quantity, List<Series>> byQuantity, Series one) {
    byQuantity.computeIfAbsent(one.quantity(), _ -> new ArrayList<>()).add(one);
  }

  /// This curve at one n.
  Optional<Finding> at(AtN at) {
    return at.findings().stream().filter(f -> of(f).equals(this)).findFirst();
  }

  /// What stands at the end of its line.
  String name() {
    if (role == Role.VALUE) {
      return QuantityWords.of(quantity);
    }
    return evidence == Evidence.THEOREM && confidence.isPresent()
        ? kind() + "bound at " + level()
        : SHORT.getOrDefault(source, source.title());
  }

  /// A drift is proven from both sides, and from above in more than one way.
  private String kind() {
    if (source.equals(Measures.SEEN_MASS_AT_CONFIDENCE)) {
      return "seen-mass ";
    }
    if (!DRIFT_ESTIMATES.contains(source)) {
      return "";
    }
    return role == Role.LOWER_BOUND ? "lower " : "bias-corrected ";
  }

  /// The confidence in words, such as `95 %`.
  String level() {
    return Words.percent(confidence.orElseThrow());
  }
}
