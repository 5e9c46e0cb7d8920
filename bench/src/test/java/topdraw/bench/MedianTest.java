package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {
  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Median.of(9, 1, 2)).isEqualTo(2);
    assertThat(Median.of(List.of(9.0, 1.0, 2.0, 4.0), x -> x)).isEqualTo(3);
  }
}
