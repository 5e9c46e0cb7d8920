package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tests in a fixed order need no correction only while they stop at the first failure.
class CertificateTest {
  @Test
  void fromTheDearestDownTheFirstFailureEndsIt() {
    List<Integer> asked = new ArrayList<>();
    int least =
        Certificate.least(
            6,
            i -> {
              asked.add(i);
              return i != 2;
            });
    assertThat(least).isEqualTo(3);
    assertThat(asked).containsExactly(5, 4, 3, 2);
    assertThat(Certificate.least(6, _ -> false)).isEqualTo(6);
    assertThat(Certificate.least(6, _ -> true)).isZero();
  }

  @Test
  void fromTheCheapestUpTheFirstFailureEndsIt() {
    List<Integer> asked = new ArrayList<>();
    int largest =
        Certificate.largest(
            6,
            i -> {
              asked.add(i);
              return i != 3;
            });
    assertThat(largest).isEqualTo(2);
    assertThat(asked).containsExactly(0, 1, 2, 3);
    assertThat(Certificate.largest(6, _ -> false)).isEqualTo(-1);
    assertThat(Certificate.largest(6, _ -> true)).isEqualTo(5);
  }
}
