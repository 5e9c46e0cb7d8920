package topdraw.theory.bound;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Golden;
import topdraw.theory.finding.Bounded;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// Everything that is found of a selection on one table, number by number, and how far claims are
/// from true there.
class FindingsGoldenTest {
  private static final Golden GOLDEN = Golden.of(FindingsGoldenTest.class, "findings.csv");

  static Stream<String> functions() {
    return GOLDEN.functions();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void aFindingMeetsItsFormula(String function) {
    GOLDEN.assertMet(function, row -> found(function, row));
  }

  private static double found(String function, Golden.Row row) {
    if (function.startsWith("claim.")) {
      return Claim.named(function.substring(6)).orElseThrow().violation(row.at(0), row.table(1));
    }
    if (function.contains("Gap.")) {
      String[] words = function.split("[.]");
      Law law = Law.of(selection(words[1], row.at(0), row.at(1)), row.table(2));
      return words[0].equals("klGap") ? ExactGaps.kl(law) : ExactGaps.winRate(law);
    }
    OutcomeTable table = row.table(4);
    Bounded number =
        (function.equals("optimum")
                ? ExactFindings.ofOptimum(table, row.at(1))
                : ExactFindings.of(selection(function, row.at(0), row.at(1)), table))
            .get((int) row.at(2));
    int bound = (int) row.at(3);
    return bound < 0 ? number.truth().value() : number.bounds().get(bound).value();
  }

  private static Selection selection(String word, double x, double y) {
    return switch (word) {
      case "bestOfN" -> new Selection.BestOfN(x);
      case "earlyStop" -> new Selection.EarlyStop(x, y);
      case "rewind" -> new Selection.RewindAndRepeat(y);
      case "soft" -> new Selection.SoftBestOfN((int) x, y);
      case "poisson" -> new Selection.BestOfPoisson(x);
      default -> throw new IllegalArgumentException(word);
    };
  }
}
