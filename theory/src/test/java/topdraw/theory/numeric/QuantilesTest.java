package topdraw.theory.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Near;

class QuantilesTest {
  @ParameterizedTest
  @CsvSource({
    "1, 12.7062047361747",
    "4, 2.77644510519779",
    "9.5, 2.2441374614923",
    "199, 1.97195654425175",
    "1e6, 1.95996635681411"
  })
  void studentsFactors(double degrees, double expected) {
    Near.assertWithin(1e-11, Quantiles.student(.05, degrees), expected);
  }

  @Test
  void theNormalFactor() {
    Near.assertWithin(1e-13, Quantiles.normal(.05), 1.959963984540054);
    Near.assertWithin(1e-13, Quantiles.normal(.5), 0.6744897501960817);
    Near.assertWithin(1e-6, Quantiles.student(.001, 1e8), Quantiles.normal(.001));
  }

  @Test
  void aBetaQuantileIsWhereItsLawSaysSo() {
    for (double a : new double[] {.01, .5, 3, 400}) {
      for (double b : new double[] {.5, 17, 1e4}) {
        double x = Quantiles.beta(.025, a, b);
        assertThat(RegularizedBeta.value(x, a, b)).isBetween(.025 - 1e-9, .025 + 1e-12);
      }
    }
    Near.assertWithin(1e-13, Quantiles.beta(.3, 1, 1), .3);
    Near.assertWithin(1e-13, Quantiles.beta(.025, 1, 20), 1 - Math.pow(.975, .05));
  }
}
