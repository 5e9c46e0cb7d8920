package topdraw.theory.law;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Golden;
import topdraw.theory.bound.ExactGaps;

/// The law of every selection, and the levels below it, against their definitions: with equal
/// rewards, masses down to e^-2000, one outcome that holds nearly all, one without score.
class LawGoldenTest {
  private static final Golden GOLDEN = Golden.of(LawGoldenTest.class, "golden.csv");

  static Stream<String> functions() {
    return GOLDEN.functions();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void aLawMeetsItsDefinition(String function) {
    GOLDEN.assertMet(function, row -> found(function, row));
  }

  private static double found(String function, Golden.Row row) {
    String[] name = function.split("[.]");
    return switch (name[0]) {
      case "renyiEntropy" -> row.table(0).renyiEntropy();
      case "squaresTimesPowers" -> row.table(1).levels().squaresTimesPowers(row.at(0));
      case "many" -> of(name[1], geometric((int) row.at(1), row.at(2)), (int) row.at(0));
      case "bestOfN", "rewind", "poisson" -> ofLaw(name, row, 1);
      case "earlyStop", "soft" -> ofLaw(name, row, 2);
      default -> of(name[0], row.table(1).levels(), (int) row.at(0));
    };
  }

  private static Levels geometric(int size, double ratio) {
    return OutcomeTable.ofLogProbabilities(
            IntStream.range(0, size).mapToDouble(i -> i * ratio).toArray())
        .levels();
  }

  private static double of(String what, Levels levels, int l) {
    return switch (what) {
      case "mass" -> levels.mass(l);
      case "logMass" -> levels.logMass(l);
      case "logCumulative" -> levels.logCumulative(l);
      case "logMiss" -> levels.logMiss(l);
      case "logComplement" -> levels.logComplement(l);
      case "logShare" -> levels.logShare(l);
      case "calibrated" -> levels.calibrated(l);
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static double ofLaw(String[] name, Golden.Row row, int parameters) {
    int first = name[1].equals("logProbability") ? 1 : 0;
    OutcomeTable table = row.table(first + parameters);
    double a = row.at(first);
    double b = row.at(first + 1);
    Law law =
        Law.of(
            switch (name[0]) {
              case "bestOfN" -> new Selection.BestOfN(a);
              case "earlyStop" -> new Selection.EarlyStop(a, b);
              case "rewind" -> new Selection.RewindAndRepeat(a);
              case "soft" -> new Selection.SoftBestOfN((int) a, b);
              default -> new Selection.BestOfPoisson(a);
            },
            table);
    return switch (name[1]) {
      case "kl" -> law.kl();
      case "winRate" -> law.winRate();
      case "reward" -> law.expectedReward();
      case "draws" -> law.expectedDraws();
      case "klGap" -> ExactGaps.kl(law);
      case "winRateGap" -> ExactGaps.winRate(law);
      case "logProbability" -> law.logProbabilities()[(int) row.at(0)];
      default -> throw new IllegalArgumentException(name[1]);
    };
  }
}
