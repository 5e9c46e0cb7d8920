package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.reference.TablePolicy;
import topdraw.reward.Reward;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.law.Selection.BestOfN;
import topdraw.theory.law.Selection.EarlyStop;

class RoundFindingsTest {
  private static final double[] REWARDS = {0, 1, 1, 2, 3};
  private static final OutcomeTable TABLE =
      OutcomeTable.of(
          new double[] {Math.log(.3), Math.log(.25), Math.log(.2), Math.log(.15), Math.log(.1)},
          REWARDS);

  private static final Reward REWARD =
      new Reward() {
        @Override
        public String name() {
          return "table";
        }

        @Override
        public List<Score> score(PromptDraws prompt) {
          return prompt.draws().stream()
              .map(d -> (Score) new Score.Value(REWARDS[TablePolicy.outcome(d)]))
              .toList();
        }
      };

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatASingleRoundProvesIsTrue(long seed) {
    for (Selection selection : List.of(new BestOfN(6), new EarlyStop(6, 2), new EarlyStop(9, 3))) {
      Law law = Law.of(selection, TABLE);
      Round round =
          new Selector(new TablePolicy(TABLE, seed, 4), List.of(REWARD))
              .select(selection, Prompt.user("x"));
      List<Finding> findings = RoundFindings.of(round, Confidence.DEFAULT);
      assertThat(findings)
          .extracting(Finding::quantity)
          .containsExactly(Quantity.KL, Quantity.KL, Quantity.WIN_RATE);
      for (Finding finding : findings) {
        assertThat(finding.evidence()).isEqualTo(Evidence.THEOREM);
        double truth = finding.quantity() == Quantity.KL ? law.kl() : law.winRate();
        assertThat(finding.value()).as("%s", finding).isGreaterThanOrEqualTo(truth - 1e-12);
      }
    }
  }
}
