package topdraw.theory.confidence;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Golden;
import topdraw.theory.finding.Interval;

/// Both ends of every confidence bound against the equation they solve.
class ConfidenceGoldenTest {
  private static final Golden GOLDEN = Golden.of(ConfidenceGoldenTest.class, "golden.csv");

  static Stream<String> functions() {
    return GOLDEN.functions();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void anEndMeetsItsEquation(String function) {
    GOLDEN.assertMet(function, row -> found(function, row));
  }

  private static double found(String function, Golden.Row row) {
    double alpha = row.at(0);
    return switch (function) {
      case "bettingLower" -> Betting.lower(row.from(1), alpha);
      case "bettingUpper" -> Betting.upper(row.from(1), alpha);
      case "bettingLowerAnytime" -> Betting.lowerAnytime(row.from(1), alpha);
      case "bettingUpperAnytime" -> Betting.upperAnytime(row.from(1), alpha);
      case "bettingIntervalLower" -> Betting.interval(row.from(1), alpha).lower();
      case "bettingIntervalUpper" -> Betting.interval(row.from(1), alpha).upper();
      case "hoeffdingLower" -> ReferenceIntervals.hoeffding(row.from(1), alpha).lower();
      case "hoeffdingUpper" -> ReferenceIntervals.hoeffding(row.from(1), alpha).upper();
      case "bernsteinLower" -> ReferenceIntervals.empiricalBernstein(row.from(1), alpha).lower();
      case "bernsteinUpper" -> ReferenceIntervals.empiricalBernstein(row.from(1), alpha).upper();
      case "hoeffdingLowerOfMany", "bernsteinLowerOfMany" -> ofMany(function, row).lower();
      case "hoeffdingUpperOfMany", "bernsteinUpperOfMany" -> ofMany(function, row).upper();
      case "clopperPearsonLower" ->
          ReferenceIntervals.clopperPearsonLower((long) row.at(0), (long) row.at(1), row.at(2));
      case "clopperPearsonUpper" ->
          ReferenceIntervals.clopperPearsonUpper((long) row.at(0), (long) row.at(1), row.at(2));
      case "ledger" -> ledger(row).upper();
      case "evidence" -> evidence(row).logValue();
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static Interval ofMany(String function, Golden.Row row) {
    double[] values =
        IntStream.range(0, (int) row.at(1)).mapToDouble(i -> 37 * i % 101 / 128.0).toArray();
    return function.startsWith("hoeffding")
        ? ReferenceIntervals.hoeffding(values, row.at(0))
        : ReferenceIntervals.empiricalBernstein(values, row.at(0));
  }

  private static DriftLedger ledger(Golden.Row row) {
    var ledger = DriftLedger.empty(row.at(0), row.at(1));
    for (double entry : row.from(2)) {
      ledger = ledger.plus(entry);
    }
    return ledger;
  }

  private static LogProbabilityEvidence evidence(Golden.Row row) {
    var evidence = LogProbabilityEvidence.none();
    int at = 0;
    while (at < row.arguments().length) {
      int draws = (int) row.at(at);
      int[] outcomes =
          Arrays.stream(row.arguments(), at + 1, at + 1 + draws).mapToInt(o -> (int) o).toArray();
      evidence =
          evidence.after(
              outcomes, Arrays.copyOfRange(row.arguments(), at + 1 + draws, at + 1 + 2 * draws));
      at += 1 + 2 * draws;
    }
    return evidence;
  }
}
