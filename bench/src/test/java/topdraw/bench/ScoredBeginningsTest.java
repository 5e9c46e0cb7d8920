package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Tokens;
import topdraw.reference.Beginnings;
import topdraw.reference.TreePolicy;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.selection.PrefixRejection;
import topdraw.selection.RejectionRound;
import topdraw.selection.RejectionRule;
import topdraw.selection.Selector;
import topdraw.theory.law.TokenTree;

/// A replay on recorded beginnings is what the method does on the policy that they were drawn from.
class ScoredBeginningsTest {
  private static final List<Reward> LIKELIHOOD = List.of(Rewards.logLikelihood());

  private static double[] ranks(Prompt prompt, List<Draw> draws) {
    return Selector.scored(LIKELIHOOD, PromptDraws.of(prompt, draws)).stream()
        .mapToDouble(draw -> draw.score().rank())
        .toArray();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3})
  void aReplayIsWhatTheMethodDoes(long seed) {
    TokenTree tree = new TokenTree(3, 9, text -> new double[] {.1, .5, .1 + .1 * text.size()});
    int n = 9;
    for (int round = 0; round < 100; round++) {
      var policy = new TreePolicy(tree, 8, seed);
      Prompt prompt = Prompt.user("round " + round);
      var beginnings = new TreeMap<Integer, double[]>();
      List<Draw> whole;
      try (Beginnings texts = policy.beginnings(prompt, n)) {
        for (int checkpoint : new int[] {2, 4, 6}) {
          beginnings.put(checkpoint, ranks(prompt, texts.drawTo(checkpoint, (_, _) -> {})));
        }
        whole = texts.drawTo(8, (_, _) -> {});
      }
      int[] lengths =
          whole.stream().mapToInt(draw -> ((Tokens.Ids) draw.tokens()).size()).toArray();
      var recorded = new ScoredBeginnings(ranks(prompt, whole), lengths, beginnings);
      for (var rule :
          List.of(
              new RejectionRule(List.of(2, 4, 6), 0.6),
              new RejectionRule(List.of(4), 0.25),
              new RejectionRule(List.of(), 1))) {
        RejectionRound live =
            new PrefixRejection(n, rule, LIKELIHOOD).select(policy, prompt, (_, _) -> {});
        assertThat(recorded.kept(IntStream.range(0, n).toArray(), rule))
            .isEqualTo(new ScoredBeginnings.Kept(live.chosen(), live.tokensDrawn()));
      }
      assertThat(recorded.part(2, 5).lengths()).isEqualTo(Arrays.copyOfRange(lengths, 2, 5));
    }
  }
}
