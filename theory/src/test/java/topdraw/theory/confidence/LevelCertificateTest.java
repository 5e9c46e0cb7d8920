package topdraw.theory.confidence;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Coverage;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.law.Law;
import topdraw.theory.law.Levels;
import topdraw.theory.law.Selection;

class LevelCertificateTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  /// Level masses from counts: summed over the binomial law of the count.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theCertificateFromCountsHasAMeanOfAtLeastTheKlDivergence(long seed) {
    Tables tables = Tables.small(seed);
    int n = tables.random().nextInt(1, 40);
    int others = tables.random().nextInt(1, 60);
    double a = Math.exp(tables.random().nextDouble(-8, -1));
    Levels levels = tables.table().levels();
    double[] returned = Law.levelProbabilities(n, tables.table());
    double mean = 0;
    for (int l = 0; l < levels.count(); l++) {
      double mass = levels.mass(l);
      double[] counts = Coverage.binomial(others, mass);
      for (int c = 0; c <= others; c++) {
        mean +=
            returned[l]
                * counts[c]
                * LevelCertificate.term(n, Double.NEGATIVE_INFINITY, c, others, a);
      }
    }
    Near.assertAtMost(Law.of(new Selection.BestOfN(n), tables.table()).kl(), mean);
  }
}
