package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearPatternTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ((a{1000}){1000}){1000} | counts, multiplied where they nest, come to at most 1,000 in a pattern, here 1,000,000,000
          (((a{11}){10}){10})     | here 1,100
          (?:(?P<x>a{50}){21})    | here 1,050
          [ab]{1,40}(cc?d{30,}){40} | here 1,200
          (abcdefghijklmnopqrstuv){1000} | steps a character
          (?=a)                   | RE2 has no look-around
          a{1001}                 | here 1,001
          [a-c                    | missing closing ]
          """)
  void whatWouldTakeTooLongIsRefusedBeforeItIsCompiled(String pattern, String why) {
    Assertions.assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatThrownBy(() -> Rewards.named("regex:" + pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("regex: ")
                .hasMessageContaining(why));
  }

  @Test
  void depthAndLengthAreBounded() {
    for (String pattern :
        new String[] {
          "(".repeat(3000) + "a" + ")".repeat(3000),
          "(?:".repeat(300) + "a" + ")".repeat(300),
          "(?i:".repeat(300) + "a" + "){1}".repeat(300),
          "a?".repeat(50_000),
          "{".repeat(LinearPattern.LONGEST + 1)
        }) {
      Assertions.assertTimeoutPreemptively(
          SOON,
          () ->
              assertThatThrownBy(() -> Rewards.named("regex:" + pattern))
                  .isInstanceOf(IllegalArgumentException.class)
                  .message()
                  .hasSizeLessThan(500)
                  .doesNotContain("\n"));
    }
    String deep = "(".repeat(LinearPattern.DEEPEST) + "a" + ")".repeat(LinearPattern.DEEPEST);
    assertThat(LinearPattern.of(deep).isIn("ba")).isTrue();
  }

  /// What people write is accepted, and is told its size to within a few instructions.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Paris",
        "(?i)^\\s*(yes|no)\\b",
        "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?",
        "[^]a-z[:digit:]\\]]{2,}x",
        "\\Q((((\\E{1,3}",
        "\\pL+\\p{Greek}\\x{10FFFF}",
        "(?P<year>\\d{4})-(?P<month>\\d\\d)",
        "(?s:.{0,500})END",
        "(?m)^(?:.{1,80}\\n){1,10}",
        "a{,5}b{x}",
        "((a|b|c){10}){100}"
      })
  void ordinaryPatternsPassAndTheirSizeIsForeseen(String pattern) {
    LinearPattern.of(pattern);
    long program = Pattern.compile(pattern).programSize();
    assertThat(PatternSize.of(pattern).instructions())
        .as("of %d", program)
        .isBetween(program / 2 - 10, 3 * program);
  }

  @Test
  void theLargestThatIsAllowedStillAnswersInTime() {
    LinearPattern large = LinearPattern.of("((?:ab?|c){3}){333}");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> assertThat(large.isIn("abc".repeat(1_500))).isTrue());
  }
}
