package topdraw.theory.bound;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Golden;

/// Every bound against its formula, from where `n ε` is tiny to where it is large.
class BoundGoldenTest {
  private static final Golden GOLDEN = Golden.of(BoundGoldenTest.class, "golden.csv");

  static Stream<String> functions() {
    return GOLDEN.functions();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void aBoundMeetsItsFormula(String function) {
    GOLDEN.assertMet(function, row -> found(function, row, row.at(0)));
  }

  private static double found(String function, Golden.Row row, double n) {
    if (function.startsWith("atOneN.")) {
      return atOneN(function, row, new KlBoundsAt((int) n));
    }
    return switch (function) {
      case "analytical" -> KlBounds.analytical(n);
      case "bound" -> KlBounds.bound(n, row.at(1));
      case "boundFromLog" -> KlBounds.boundFromLog(n, row.at(1));
      case "sharpBound" -> KlBounds.sharpBound(n, row.at(1));
      case "sharpBoundFromLog" -> KlBounds.sharpBoundFromLog(n, row.at(1));
      case "alternateBound" -> KlBounds.alternateBound(n, row.at(1));
      case "alternateBoundFromLog" -> KlBounds.alternateBoundFromLog(n, row.at(1));
      case "gap" -> KlBounds.gap(n, row.at(1));
      case "gapFromLog" -> KlBounds.gapFromLog(n, row.at(1));
      case "winRateGapFromLog" -> WinRateBounds.gapLowerFromLog(n, row.at(1));
      case "gapShape" -> KlBounds.gapShape(n, row.at(1));
      case "gapShapeUpper" -> KlBounds.gapShapeUpper(n, row.at(1));
      case "winRateGap" -> WinRateBounds.gapLower(n, row.at(1));
      case "winRateBelow" -> EarlyStopping.winRateContinuous(n, row.at(1));
      case "draws" -> EarlyStopping.expectedDraws(n, row.at(1));
      case "winRateUpperTerm" -> WinnerBounds.winRateUpper(n, row.at(1));
      case "winRateLowerTerm" -> WinnerBounds.winRateLower(n, row.at(1));
      case "anyRuleKl" -> WinnerBounds.anyRuleKl(n, row.at(1));
      case "sharpKlLower" -> WinnerBounds.sharpKlLower(n, row.at(1), row.at(2));
      case "stopped" -> EarlyStopping.klEstimate((long) n, (long) row.at(1), true, row.at(2));
      case "notStopped" -> EarlyStopping.klEstimate((long) n, (long) row.at(1), false, row.at(2));
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static double atOneN(String function, Golden.Row row, KlBoundsAt at) {
    double logHit = Math.log(row.at(1));
    double logMiss = Math.log1p(-row.at(1));
    return switch (function) {
      case "atOneN.bound" -> at.bound(logHit, logMiss);
      case "atOneN.sharpBound" -> at.sharpBound(logHit, logMiss);
      case "atOneN.gap" -> at.gap(logHit, logMiss);
      case "atOneN.shortfall" -> at.shortfall(logHit, logMiss);
      case "atOneN.hit" -> at.hit(logMiss);
      case "atOneN.alternateBound" -> at.alternateBound(logHit);
      default -> throw new IllegalArgumentException(function);
    };
  }
}
