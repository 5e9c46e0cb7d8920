package topdraw.theory.law;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Golden;

/// Closed formulas of selections against integrals, roots and sums.
class SelectionsGoldenTest {
  private static final Golden GOLDEN = Golden.of(SelectionsGoldenTest.class, "selections.csv");

  static Stream<String> functions() {
    return GOLDEN.functions();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void aFormulaMeetsItsDefinition(String function) {
    GOLDEN.assertMet(function, row -> found(function, row, row.at(0)));
  }

  private static double found(String function, Golden.Row row, double x) {
    return switch (function) {
      case "poissonKl" -> BestOfPoissonLaw.klContinuous(x);
      case "poissonWinRate" -> BestOfPoissonLaw.winRateContinuous(x);
      case "muForKl" -> BestOfPoissonLaw.muForKl(x);
      case "muForWinRate" -> BestOfPoissonLaw.muForWinRate(x);
      case "softKlUpper" -> SoftBestOfNLaw.klUpper(x, row.at(1), row.at(2));
      case "tiltKl" -> OptimalFrontier.tiltKl(x);
      case "tiltWinRate" -> OptimalFrontier.tiltWinRate(x);
      case "frontierKl" -> OptimalFrontier.kl(x);
      case "frontierWinRate" -> OptimalFrontier.winRate(x);
      case "nForKl" -> Inverses.nForKl(x);
      case "nForWinRate" -> Inverses.nForWinRate(x);
      case "rewindKl" -> Rewind.kl(x);
      case "rewindKlFromLog" -> Rewind.klFromLog(x);
      case "rewindWinRate" -> Rewind.winRate(x);
      case "rewindWinRateFromLog" -> Rewind.winRateFromLog(x);
      case "rewindDraws" -> Rewind.expectedDraws(x);
      case "rewindDrawsFromLog" -> Rewind.expectedDrawsFromLog(x);
      case "rewindVariance" -> Rewind.klEstimateVariance(x);
      case "passRateForKl" -> Rewind.passRateForKl(x);
      case "passRateForWinRate" -> Rewind.passRateForWinRate(x);
      case "rewindKlPooled" -> Rewind.klEstimatePooled((long) x, (long) row.at(1));
      case "rewindKlUpper" -> Rewind.klUpper((long) x, row.at(1));
      case "rewindIntervalUpper" -> Rewind.klInterval((long) x, row.at(1)).upper();
      case "rewindIntervalLower" -> Rewind.klInterval((long) x, row.at(1)).lower();
      default -> ofOptimum(function, row);
    };
  }

  private static double ofOptimum(String function, Golden.Row row) {
    String[] name = function.split("[.]");
    int first = name[1].equals("probability") ? 1 : 0;
    double beta = row.at(first);
    OutcomeTable table = row.table(first + 1);
    TiltedPolicy policy =
        name[0].equals("optimum")
            ? TiltedPolicy.byReward(table, beta)
            : TiltedPolicy.byCalibratedReward(table, 1 / beta);
    return switch (name[1]) {
      case "kl" -> policy.kl();
      case "winRate" -> policy.winRate();
      case "reward" -> policy.expectedReward();
      case "probability" -> policy.probabilities()[(int) row.at(0)];
      default -> throw new IllegalArgumentException(name[1]);
    };
  }
}
