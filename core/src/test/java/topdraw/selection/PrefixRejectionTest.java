package topdraw.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Tokens;
import topdraw.estimate.RejectionFindings;
import topdraw.reference.Beginnings;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reference.TreePolicy;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinnerBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.law.TokenTree;

/// Prefix-scored rejection on trees small enough that every tuple of texts is written out, the rule
/// applied to it in the plainest way.
class PrefixRejectionTest {
  private static final int ROUNDS = 2_000;
  private static final DrawProgress SILENT = (_, _) -> {};

  /// A random tree, cut at some length, with a reward for each prefix; every second seed has equal
  /// ones.
  private record Grown(
      TokenTree tree,
      int mostTokens,
      int n,
      RejectionRule rule,
      ToDoubleFunction<List<Integer>> reward) {
    static Grown of(long seed) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      int vocabulary = random.nextInt(2, 4);
      Map<List<Integer>, double[]> tables = new HashMap<>();
      Map<List<Integer>, Double> rewards = new HashMap<>();
      int mostTokens = random.nextInt(3, 5);
      List<Integer> checkpoints =
          IntStream.rangeClosed(1, mostTokens).filter(_ -> random.nextInt(3) > 0).boxed().toList();
      return new Grown(
          new TokenTree(
              vocabulary,
              mostTokens + random.nextInt(2),
              prefix ->
                  tables.computeIfAbsent(
                      prefix, _ -> random.doubles(vocabulary, 0.1, 1).toArray())),
          mostTokens,
          random.nextInt(2, 5),
          new RejectionRule(
              checkpoints.isEmpty() ? List.of(1) : checkpoints, random.nextDouble(0.2, 0.9)),
          prefix ->
              rewards.computeIfAbsent(
                  prefix, _ -> seed % 2 == 0 ? random.nextInt(2) : random.nextDouble()));
    }

    Map<List<Integer>, Double> texts() {
      return tree.continuations(List.of(), mostTokens);
    }

    TreePolicy policy(long seed) {
      return new TreePolicy(tree, mostTokens, seed);
    }

    RejectionRound round(TreePolicy policy, Prompt prompt) {
      return new PrefixRejection(n, rule, List.of(new Prefixes(reward)))
          .select(policy, prompt, SILENT);
    }

    /// The rule as one would tell it: how many are ahead of each.
    Told told(List<List<Integer>> texts) {
      int[] drawn = texts.stream().mapToInt(List::size).toArray();
      boolean[] left = new boolean[texts.size()];
      Arrays.fill(left, true);
      for (int checkpoint : rule.checkpoints()) {
        if (checkpoint >= mostTokens) continue;
        double[] scores =
            texts.stream()
                .mapToDouble(
                    t -> reward.applyAsDouble(t.subList(0, Math.min(checkpoint, t.size()))))
                .toArray();
        int count = 0;
        for (boolean one : left) count += one ? 1 : 0;
        boolean[] next = left.clone();
        for (int j = 0; j < left.length; j++) {
          int ahead = 0;
          for (int i = 0; i < left.length; i++) {
            boolean before = scores[i] > scores[j] || (scores[i] == scores[j] && i < j);
            ahead += left[i] && before ? 1 : 0;
          }
          List<Integer> text = texts.get(j);
          boolean ended = text.size() <= checkpoint && text.getLast() == TokenTree.END;
          if (left[j] && !ended && ahead >= Math.max(1, Math.ceil(rule.keep() * count))) {
            next[j] = false;
            drawn[j] = checkpoint;
          }
        }
        left = next;
      }
      int chosen = -1;
      for (int j = 0; j < left.length; j++) {
        boolean better =
            left[j]
                && (chosen < 0
                    || reward.applyAsDouble(texts.get(j))
                        > reward.applyAsDouble(texts.get(chosen)));
        chosen = better ? j : chosen;
      }
      return new Told(chosen, Arrays.stream(drawn).sum());
    }

    /// The law of what is returned, and the mean number of tokens, by every tuple of texts.
    Exact exact() {
      Map<List<Integer>, Double> law = new HashMap<>();
      double[] tokens = {0};
      tuples(new ArrayList<>(), 0, law, tokens);
      law.replaceAll((_, mass) -> Math.log(mass));
      return new Exact(law, tokens[0]);
    }

    private void tuples(
        List<List<Integer>> tuple, double logP, Map<List<Integer>, Double> law, double[] tokens) {
      if (tuple.size() == n) {
        Told told = told(tuple);
        law.merge(tuple.get(told.chosen()), Math.exp(logP), Double::sum);
        tokens[0] += Math.exp(logP) * told.tokens();
        return;
      }
      texts()
          .forEach(
              (text, log) -> {
                tuple.addLast(text);
                tuples(tuple, logP + log, law, tokens);
                tuple.removeLast();
              });
    }
  }

  private record Told(int chosen, long tokens) {}

  private record Exact(Map<List<Integer>, Double> law, double tokens) {}

  /// A reward of the tokens so far; NaN is a missing score.
  private record Prefixes(ToDoubleFunction<List<Integer>> reward) implements Reward {
    @Override
    public String name() {
      return "prefixes";
    }

    @Override
    public boolean scoresPrefixes() {
      return true;
    }

    @Override
    public List<Score> score(PromptDraws prompt) {
      return prompt.draws().stream().map(d -> Score.of(reward.applyAsDouble(tokens(d)))).toList();
    }
  }

  private static List<Integer> tokens(Draw draw) {
    return Arrays.stream(((Tokens.Ids) draw.tokens()).ids()).boxed().toList();
  }

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  /// Draw by draw: the very completions of best-of-n, the rule applied to them.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsReturnedIsWhatTheRuleSaysOfThePlainDraws(long seed) {
    Grown grown = Grown.of(seed);
    TreePolicy policy = grown.policy(seed);
    for (int i = 0; i < 300; i++) {
      Prompt prompt = Prompt.user("round " + i);
      List<Draw> plain = policy.draw(prompt, 0, grown.n());
      Told told = grown.told(plain.stream().map(PrefixRejectionTest::tokens).toList());

      RejectionRound round = grown.round(policy, prompt);

      assertThat(round.chosen()).isEqualTo(told.chosen());
      assertThat(round.winner().outcome()).isEqualTo(plain.get(told.chosen()).outcome());
      assertThat(round.tokensDrawn()).isEqualTo(told.tokens());
      assertThat(grown.round(policy, prompt)).isEqualTo(round);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theProcedureFollowsTheLawOfTheRuleAndCostsWhatItSays(long seed) {
    Grown grown = Grown.of(seed);
    Exact exact = grown.exact();
    Map<List<Integer>, Integer> seen = new HashMap<>();
    double[] tokens = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      RejectionRound round = grown.round(grown.policy(seed), Prompt.user("round " + i));
      seen.merge(tokens(round.winner()), 1, Integer::sum);
      tokens[i] = round.tokensDrawn();
    }
    Frequencies.assertFollow(exact.law(), seen, ROUNDS, grown.rule() + ", n " + grown.n());
    double mean = Arrays.stream(tokens).average().orElseThrow();
    double variance = Arrays.stream(tokens).map(t -> (t - mean) * (t - mean)).sum() / ROUNDS;
    assertThat(exact.tokens()).isCloseTo(mean, within(4.5 * Math.sqrt(variance / ROUNDS) + 1e-9));
  }

  /// Theorem 7, by every tuple; what one round tells of it has the mean that it should.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBoundsOfAnyRuleHold(long seed) {
    Grown grown = Grown.of(seed);
    Map<List<Integer>, Double> reference = grown.texts();
    Map<List<Integer>, Double> law = grown.exact().law();
    double total = 0;
    double kl = 0;
    double anyRule = 0;
    double wins = 0;
    for (var text : law.entrySet()) {
      double p = Math.exp(text.getValue());
      double logP = reference.getOrDefault(text.getKey(), Double.NaN);
      total += p;
      kl += p * (text.getValue() - logP);
      anyRule += p * WinnerBounds.anyRuleKl(grown.n(), Math.min(0, logP));
      for (var other : reference.entrySet()) {
        double difference =
            grown.reward().applyAsDouble(text.getKey())
                - grown.reward().applyAsDouble(other.getKey());
        wins += p * Math.exp(other.getValue()) * (1 + Math.signum(difference)) / 2;
      }
    }
    assertThat(total).isCloseTo(1, within(1e-12));
    assertThat(kl).isBetween(-1e-12, KlBounds.analytical(grown.n()) + 1e-12);
    assertThat(kl).isLessThanOrEqualTo(anyRule + 1e-12);
    assertThat(wins).isLessThanOrEqualTo(grown.n() / (grown.n() + 1.0) + 1e-12);

    double estimated = 0;
    for (int i = 0; i < ROUNDS; i++) {
      RejectionRound round = grown.round(grown.policy(seed), Prompt.user("round " + i));
      List<Finding> findings = RejectionFindings.of(round, Confidence.DEFAULT);
      assertThat(findings)
          .extracting(Finding::evidence)
          .containsExactly(Evidence.THEOREM, Evidence.THEOREM, Evidence.ESTIMATE);
      assertThat(findings.get(0).value()).isEqualTo(KlBounds.analytical(grown.n()));
      assertThat(findings.get(1).value()).isEqualTo(grown.n() / (grown.n() + 1.0));
      estimated += findings.get(2).value() / ROUNDS;
    }
    double spread = Math.log(grown.n()) / 2;
    assertThat(estimated).isCloseTo(anyRule, within(4.5 * spread / Math.sqrt(ROUNDS) + 1e-12));
  }

  @Test
  void aCheckpointThatNobodyReachesIsNotTold() {
    TokenTree tree = new TokenTree(3, 9, _ -> new double[] {.05, .5, .45});
    for (var told : Map.of(8, List.of(), 99, List.of(), 7, List.of(7)).entrySet()) {
      RejectionRound round =
          new PrefixRejection(
                  8,
                  new RejectionRule(List.of(told.getKey()), 0.5),
                  List.of(Rewards.logLikelihood()))
              .select(new TreePolicy(tree, 8, 1), Prompt.user("x"), SILENT);
      assertThat(round.reached()).as("at " + told.getKey()).isEqualTo(told.getValue());
    }
    TokenTree brief = new TokenTree(3, 9, _ -> new double[] {1, 0, 0});
    RejectionRound ended =
        new PrefixRejection(
                4, new RejectionRule(List.of(2, 4), 0.5), List.of(Rewards.logLikelihood()))
            .select(new TreePolicy(brief, 8, 1), Prompt.user("x"), SILENT);
    assertThat(ended.reached()).isEmpty();
    assertThat(ended.left()).hasSize(4);
  }

  @Test
  void whereNothingIsScoredNoneIsBest() {
    TokenTree tree = new TokenTree(3, 9, _ -> new double[] {.05, .5, .45});
    for (double score : new double[] {Double.NaN, 1}) {
      RejectionRound round =
          new PrefixRejection(
                  4, new RejectionRule(List.of(2), 0.5), List.of(new Prefixes(_ -> score)))
              .select(new TreePolicy(tree, 8, 1), Prompt.user("x"), SILENT);
      assertThat(round.nothingScored()).isEqualTo(Double.isNaN(score));
    }
  }

  @Test
  void progressCountsEveryTokenOnce() {
    TokenTree tree = new TokenTree(3, 9, _ -> new double[] {.05, .5, .45});
    var progress = new ArrayList<Long>();
    RejectionRound round =
        new PrefixRejection(
                8,
                new RejectionRule(List.of(2, 4), 0.5),
                List.of(Rewards.logLikelihood(), Rewards.negativeLength()))
            .select(
                new TreePolicy(tree, 8, 1), Prompt.user("x"), (_, tokens) -> progress.add(tokens));
    assertThat(progress).isSorted().last().isEqualTo(round.tokensDrawn());
    assertThat(round.left()).hasSizeLessThan(8);
    assertThat(round.tokensDrawn()).isLessThan(8 * 8);
    assertThat(round.winner().scores().scores()).hasSize(2);
    assertThat(round.unscored()).isZero();
  }

  @Test
  void whatIsGivenUpStaysAsItWasAndNothingIsGivenUpBeforeItBegins() {
    TokenTree tree = new TokenTree(3, 9, _ -> new double[] {.05, .5, .45});
    try (Beginnings texts = new TreePolicy(tree, 8, 1).beginnings(Prompt.user("x"), 3)) {
      assertThatThrownBy(() -> texts.giveUp(1)).isInstanceOf(IllegalStateException.class);
      List<Draw> first = texts.drawTo(2, SILENT);
      texts.giveUp(1);
      assertThatThrownBy(() -> texts.giveUp(3)).isInstanceOf(IllegalArgumentException.class);
      List<Draw> then = texts.drawTo(8, SILENT);
      assertThat(then.get(1)).isEqualTo(first.get(1));
    }
  }

  @Test
  void whatCannotBeAskedIsRefusedInOneLine() {
    assertThatThrownBy(
            () ->
                new PrefixRejection(
                    4, new RejectionRule(List.of(8), 0.5), List.of(Rewards.numericAnswer("42"))))
        .hasMessage(
            "reward numeric:42 cannot score an unfinished completion, so it cannot tell which to"
                + " give up; put one first that can, such as log-likelihood or regex:PATTERN");
    assertThatThrownBy(
            () ->
                new PrefixRejection(
                    0, new RejectionRule(List.of(8), 0.5), List.of(Rewards.logLikelihood())))
        .hasMessage("n must be at least 1, was 0");
    assertThatThrownBy(() -> new RejectionRule(List.of(8, 8), 0.5))
        .hasMessage("reject-at names numbers of tokens that rise, from 1, was 8,8");
    assertThatThrownBy(() -> new RejectionRule(List.of(8), 0))
        .hasMessage("keep is above 0 and at most 1, was 0");
  }
}
