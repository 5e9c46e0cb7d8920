package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;

class RedrawnTest {
  /// The first draw has no score of the reward that chooses. The draw that did not come has one, 2
  /// · 4 - 3 = 5, and the best of two of the five is worth (2 + 2·3 + 3·4 + 4·5)/10 on average.
  @Test
  void theDrawThatDidNotComeHasEveryRewardThatSomeDrawHas() {
    var view =
        new PromptView(
            Draft.prompt(
                "p",
                List.of(
                    Draft.of("a").reward("other", 1),
                    Draft.of("b").reward("r", 2),
                    Draft.of("c").reward("r", 3),
                    Draft.of("d").reward("r", 4))),
            0);
    var asked = new Redrawn.Asked(Measures.reward(Protocol.SUBSETS), 2);
    double[][] spread = Redrawn.of(view, "r").spread(List.of(asked));
    assertThat(spread[0][1]).isCloseTo(4, within(1e-12));
  }
}
