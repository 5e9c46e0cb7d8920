package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRatioTest {
  @Test
  void itIsOfRunsNextToEachOther() {
    PairedRatio ratio = PairedRatio.of(List.of(2.0, 30.0, 8.0), List.of(1.0, 10.0, 2.0));
    assertThat(ratio).isEqualTo(new PairedRatio(3, 2, 4)).hasToString("3.00 (2.00 to 4.00)");
  }
}
