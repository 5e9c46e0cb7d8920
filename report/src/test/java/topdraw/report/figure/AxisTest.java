package topdraw.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest(name = "{0} to {1} stands on an axis from {2} to {3}")
  @CsvSource({
    "0, 3.18, 0, 3.5",
    "0.46, 0.985, 0.4, 1",
    "-3, 12, -4, 12",
    "2, 2, 1.8, 2.2",
    "0, 0, -0.6, 0.6",
    "1234567, 1240000, 1234000, 1240000",
    "0.00001, 0.00009, 0.00001, 0.00009",
    "-7, -7, -7.8, -6.2"
  })
  void anAxisAroundValuesHasRoundEnds(double low, double high, double from, double to) {
    Axis axis = Axis.around("reward", DoubleStream.of(low, high));

    assertThat(axis.low()).isCloseTo(from, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(axis.high()).isCloseTo(to, org.assertj.core.data.Offset.offset(1e-9));
  }
}
