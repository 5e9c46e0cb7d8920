package topdraw.theory.bound;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Golden;
import topdraw.theory.law.OutcomeTable;

/// Bounds from the masses of levels, means over what is returned, and inverses, each against its
/// sum or its equation.
class BoundsOnTablesGoldenTest {
  private static final Golden GOLDEN = Golden.of(BoundsOnTablesGoldenTest.class, "tables.csv");

  static Stream<String> functions() {
    return GOLDEN.functions();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void aBoundMeetsItsFormula(String function) {
    GOLDEN.assertMet(function, row -> found(function, row, row.at(0)));
  }

  private static double found(String function, Golden.Row row, double x) {
    return switch (function) {
      case "gapUpperFromDelta" -> KlGapBounds.upperFromDelta(x, row.at(1));
      case "gapUpperFromCollisions" -> KlGapBounds.upperFromCollisions(x, row.at(1));
      case "winRateGapUpperFromDelta" -> WinRateBounds.gapUpperFromDelta(x, row.at(1));
      case "varianceUpper" -> ExpectedKlBounds.varianceUpper(x, row.at(1));
      case "hullLower" -> Tradeoff.winRateLower(x, flat((int) row.at(1)));
      case "hullUpper" -> Tradeoff.winRateUpper(x, flat((int) row.at(1)));
      case "conjecturedWinRate" -> Tradeoff.conjecturedWinRate(x);
      case "passRateForKl" -> EarlyStopping.passRateForKl(x, row.at(1));
      case "passRate" -> EarlyStopping.passRate(x, row.at(1));
      case "passRateForDraws" -> EarlyStopping.passRateForDraws(x, row.at(1));
      case "blockwise" -> BlockwiseEstimate.kl(x, row.from(1));
      case "blocks" -> BlockwiseEstimate.klFromLengths(x, row.at(1), row.from(2));
      default -> onTable(function, x, row.table(1));
    };
  }

  private static OutcomeTable flat(int size) {
    return OutcomeTable.ofLogProbabilities(new double[size]);
  }

  private static double onTable(String function, double n, OutcomeTable table) {
    return switch (function) {
      case "expectedBound" -> ExpectedKlBounds.bound(n, table);
      case "expectedSharpBound" -> ExpectedKlBounds.sharpBound(n, table);
      case "expectedAlternateBound" -> ExpectedKlBounds.alternateBound(n, table);
      case "variance" -> ExpectedKlBounds.variance(n, table);
      case "gapUpper" -> KlGapBounds.upper(n, table);
      case "gapUpperLocal" -> KlGapBounds.upperLocal(n, table);
      case "gapUpperSharp" -> KlGapBounds.upperSharp(n, table);
      case "gapUpperConjectured" -> KlGapBounds.upperConjectured(n, table);
      case "winRateGapUpper" -> WinRateBounds.gapUpper(n, table);
      case "winRateGapUpperLocal" -> WinRateBounds.gapUpperLocal(n, table);
      case "lower.kl" -> Tradeoff.lower(n, table).kl();
      case "lower.winRate" -> Tradeoff.lower(n, table).winRate();
      case "upper.kl" -> Tradeoff.upper(n, table).kl();
      case "upper.winRate" -> Tradeoff.upper(n, table).winRate();
      case "sharpLower.kl" -> Tradeoff.sharpLower(n, table).kl();
      case "sharpLower.winRate" -> Tradeoff.sharpLower(n, table).winRate();
      case "sharpUpper.kl" -> Tradeoff.sharpUpper(n, table).kl();
      case "sharpUpper.winRate" -> Tradeoff.sharpUpper(n, table).winRate();
      default -> throw new IllegalArgumentException(function);
    };
  }
}
