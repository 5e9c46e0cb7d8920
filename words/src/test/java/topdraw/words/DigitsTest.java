package topdraw.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

class DigitsTest {
  @ParameterizedTest
  @CsvSource({
    "1.83508872223978124, 1.835, 1.835, 1.836",
    "0.941176470588235, 0.9411, 0.9412, 0.9412",
    "0.30000000000000004, 0.3, 0.3, 0.3",
    "0.5, 0.5, 0.5, 0.5",
    "0, 0, 0, 0",
    "12345.6, 12340, 12350, 12350",
    "1.5e-7, 0.00000015, 0.00000015, 0.00000015",
    "6.1674e299, 6.167e299, 6.167e299, 6.168e299",
    "-2e15, -2e15, -2e15, -2e15",
    "3.00004e-77, 3e-77, 3e-77, 3.001e-77",
    "1e12, 1000000000000, 1000000000000, 1000000000000",
    "Infinity, infinity, infinity, infinity"
  })
  void aNumberIsCutToFourDigitsOnTheSideAskedFor(
      double value, String down, String near, String up) {
    assertThat(Digits.down(value)).isEqualTo(down);
    assertThat(Digits.near(value)).isEqualTo(near);
    assertThat(Digits.up(value)).isEqualTo(up);
  }

  @Test
  void aProvenBoundStaysABound() {
    assertThat(Digits.of(bound(Role.UPPER_BOUND))).isEqualTo("1.836");
    assertThat(Digits.of(bound(Role.LOWER_BOUND))).isEqualTo("1.835");
    assertThat(Digits.of(Finding.exact(Quantity.KL, 1.83508, KlBounds.TEXTBOOK)))
        .isEqualTo("1.835");
  }

  private static Finding bound(Role role) {
    return Finding.theorem(Quantity.KL, role, 1.83508, KlBounds.TEXTBOOK, List.of());
  }
}
