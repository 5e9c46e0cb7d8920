package topdraw.theory.numeric;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Golden;

/// Every function against its definition, near the places where one form takes over from another.
class NumericGoldenTest {
  private static final Golden GOLDEN = Golden.of(NumericGoldenTest.class, "golden.csv");

  static Stream<String> functions() {
    return GOLDEN.functions();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void aFunctionMeetsItsDefinition(String function) {
    GOLDEN.assertMet(function, row -> found(function, row));
  }

  private static double found(String function, Golden.Row row) {
    return switch (function) {
      case "log1mExp" -> LogSpace.log1mExp(row.at(0));
      case "log1m" -> LogSpace.log1m(row.at(0));
      case "log1mSmall" -> LogSpace.log1mSmall(row.at(0));
      case "logAdd" -> LogSpace.logAdd(row.at(0), row.at(1));
      case "logSumExp" -> LogSpace.logSumExp(row.arguments());
      case "phi" -> LogSpace.phi(row.at(0));
      case "klTerm" -> LogSpace.klTerm(row.at(0), row.at(1), row.at(2));
      case "binaryEntropy" -> LogSpace.binaryEntropy(row.at(0));
      case "logSinhc" -> Series.logSinhc(row.at(0));
      case "logSinhcSlope" -> Series.logSinhcSlope(row.at(0));
      case "missExcess" -> Series.missExcess(row.at(0));
      case "evenTerm" -> Series.evenTerm((int) row.at(0));
      case "exp" -> Exp.of(row.at(0));
      case "harmonic" -> Harmonic.difference((long) row.at(0), (long) row.at(1));
      default -> throw new IllegalArgumentException(function);
    };
  }
}
