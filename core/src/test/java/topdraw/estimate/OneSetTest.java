package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;

/// Which prompts are counted where values of n were asked for.
class OneSetTest {
  private static PromptDraws prompt(String key, int draws) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      drafts.add(Draft.of("o" + i).reward("r", i));
    }
    return Draft.prompt(key, drafts);
  }

  private static Measurements measure(OneSet set, int... draws) {
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < draws.length; j++) {
      prompts.add(prompt("q" + j, draws[j]));
    }
    return set.measure(Questions.of(AnalysisQuestion.of("r")), prompts::forEach);
  }

  @Test
  void thoseWithEnoughDrawsForTheLargestAreTaken() {
    OneSet set = new OneSet(List.of(4, 1, 2));
    assertThat(measure(set, 3, 4, 5).prompts()).isEqualTo(2);
    assertThat(set.taken()).isEqualTo(2);
    assertThat(set.leftOut()).isEqualTo(1);
    assertThat(set.draws()).isEqualTo(4);
    assertThat(set.mostDraws()).isEqualTo(5);
    assertThat(set.beyond()).isEmpty();
  }

  @Test
  void whereNoneHasThemTheLargestThatSomePromptHasTakesItsPlace() {
    OneSet set = new OneSet(List.of(8, 3, 2, 16));
    assertThat(measure(set, 2, 4, 3).prompts()).isEqualTo(2);
    assertThat(set.draws()).isEqualTo(3);
    assertThat(set.leftOut()).isEqualTo(1);
    assertThat(set.beyond()).containsExactly(8, 16);
  }

  @Test
  void whereNothingWasAskedAllAreTaken() {
    OneSet set = new OneSet(List.of());
    assertThat(measure(set, 1, 4).prompts()).isEqualTo(2);
    assertThat(set.leftOut()).isZero();
    assertThat(set.draws()).isZero();
  }
}
