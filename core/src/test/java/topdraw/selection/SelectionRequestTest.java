package topdraw.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import topdraw.input.InputException;
import topdraw.theory.law.Selection;

class SelectionRequestTest {
  private static final OptionalDouble NO = OptionalDouble.empty();

  private static OptionalDouble some(double value) {
    return OptionalDouble.of(value);
  }

  private static SelectionRequest ask(
      OptionalInt n,
      OptionalDouble threshold,
      boolean rewind,
      OptionalDouble soft,
      double poisson) {
    return new SelectionRequest(
        n, threshold, rewind, soft, poisson == 0 ? NO : OptionalDouble.of(poisson));
  }

  @Test
  void eachSettingAsksForItsSelection() {
    OptionalInt four = OptionalInt.of(4);
    assertThat(ask(OptionalInt.empty(), NO, false, NO, 0).selection())
        .isEqualTo(new Selection.BestOfN(16));
    assertThat(ask(four, NO, false, NO, 0).selection()).isEqualTo(new Selection.BestOfN(4));
    assertThat(ask(four, some(1), false, NO, 0).selection())
        .isEqualTo(new Selection.EarlyStop(4, 1));
    assertThat(ask(four, some(1), true, NO, 0).selection())
        .isEqualTo(new Selection.RewindAndRepeat(1));
    assertThat(ask(four, NO, false, some(0.5), 0).selection())
        .isEqualTo(new Selection.SoftBestOfN(4, 0.5));
    assertThat(ask(OptionalInt.empty(), NO, false, NO, 3).selection())
        .isEqualTo(new Selection.BestOfPoisson(3));
  }

  @Test
  void settingsThatDoNotGoTogetherAreNamed() {
    refused(ask(OptionalInt.of(4), NO, true, NO, 0), "rewind needs threshold");
    refused(ask(OptionalInt.of(4), NO, false, NO, 3), "poisson and n are two ways");
    refused(ask(OptionalInt.empty(), NO, false, some(1), 3), "poisson and soft are two ways");
    refused(ask(OptionalInt.empty(), some(1), false, NO, 3), "poisson and threshold are two ways");
    refused(ask(OptionalInt.of(4), some(1), false, some(1), 0), "soft and threshold are two ways");
  }

  @Test
  void numbersOutOfRangeAreRefusedAtTheirEdges() {
    int most = SelectionRequest.MOST_DRAWS;
    refused(ask(OptionalInt.of(0), NO, false, NO, 0), "n counts completions, from 1 to 16384");
    refused(ask(OptionalInt.of(most + 1), NO, false, NO, 0), "was 16385");
    assertThat(ask(OptionalInt.of(most), NO, false, NO, 0).selection())
        .isEqualTo(new Selection.BestOfN(most));
    refused(ask(OptionalInt.empty(), NO, false, NO, most / 2.0 + 1), "at most 8192, was 8193.0");
    refused(ask(OptionalInt.empty(), NO, false, some(0), 0), "soft must be above 0 and finite");
    refused(ask(OptionalInt.empty(), some(Double.NaN), false, NO, 0), "must be a number, was NaN");
  }

  private static void refused(SelectionRequest request, String why) {
    assertThatThrownBy(request::selection)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(why);
  }

  @Test
  void asManyDrawsAreForeseenAsTheSelectionMakes() {
    assertThat(SelectionRequest.foreseen(new Selection.BestOfN(5))).isEqualTo(5);
    assertThat(SelectionRequest.foreseen(new Selection.SoftBestOfN(6, 1))).isEqualTo(6);
    assertThat(SelectionRequest.foreseen(new Selection.EarlyStop(7, 1))).isEqualTo(7);
    assertThat(SelectionRequest.foreseen(new Selection.BestOfPoisson(2.5))).isEqualTo(4);
    assertThat(SelectionRequest.foreseen(new Selection.RewindAndRepeat(1))).isZero();
  }
}
