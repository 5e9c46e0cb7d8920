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
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Tokens;
import topdraw.estimate.BlockwiseFindings;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reference.TreePolicy;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.theory.bound.BlockwiseLaw;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.law.Selection;
import topdraw.theory.law.TokenTree;

/// The procedure, run on exact trees, follows the law of blockwise best-of-n.
class BlockwiseSelectionTest {
  private static final int ROUNDS = 4_000;

  /// A random tree with rewards of prefixes drawn once each; every second seed has equal ones.
  private record Grown(TokenTree tree, int n, int block, ToDoubleFunction<List<Integer>> reward) {
    static Grown of(long seed) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      int vocabulary = random.nextInt(2, 4);
      Map<List<Integer>, double[]> tables = new HashMap<>();
      Map<List<Integer>, Double> rewards = new HashMap<>();
      return new Grown(
          new TokenTree(
              vocabulary,
              random.nextInt(2, 5),
              prefix ->
                  tables.computeIfAbsent(
                      prefix, _ -> random.doubles(vocabulary, 0.1, 1).toArray())),
          random.nextInt(1, 5),
          random.nextInt(1, 4),
          prefix ->
              rewards.computeIfAbsent(
                  prefix, _ -> seed % 2 == 0 ? random.nextInt(2) : random.nextDouble()));
    }

    BlockwiseLaw law() {
      return BlockwiseLaw.of(tree, n, block, reward);
    }

    BlockwiseRound round(long seed, String prompt) {
      return new Blockwise(n, block, List.of(new Prefixes(reward)))
          .select(new TreePolicy(tree, tree.mostTokens(), seed), Prompt.user(prompt), SILENT);
    }
  }

  private static final DrawProgress SILENT = (_, _) -> {};

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

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theProcedureFollowsItsLaw(long seed) {
    Grown grown = Grown.of(seed);
    Map<List<Integer>, Double> law = grown.law().logProbabilities();
    Map<List<Integer>, Integer> seen = new HashMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      BlockwiseRound round = grown.round(seed, "round " + i);
      seen.merge(tokens(round.answer()), 1, Integer::sum);
    }
    Frequencies.assertFollow(
        law, seen, ROUNDS, "n %d, block %d".formatted(grown.n(), grown.block()));
  }

  /// Over many responses the two estimates come to the bounds of the law.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theEstimatesOfOneResponseAverageToTheBoundsOfTheLaw(long seed) {
    Grown grown = Grown.of(seed);
    BlockwiseLaw law = grown.law();
    double blocks = 0;
    double sharp = 0;
    double top = 0;
    for (int i = 0; i < ROUNDS; i++) {
      List<Finding> findings =
          BlockwiseFindings.of(grown.round(seed, "round " + i), Confidence.DEFAULT);
      top = findings.get(0).value();
      blocks += findings.get(1).value() / ROUNDS;
      sharp += findings.get(2).value() / ROUNDS;
      assertThat(findings.get(2).value()).isLessThanOrEqualTo(findings.get(1).value() + 1e-12);
      assertThat(findings.get(1).value()).isLessThanOrEqualTo(top + 1e-12);
      assertThat(findings).filteredOn(found -> found.interval().isPresent()).hasSize(2);
    }
    double tolerance = 4.5 * top / 2 / Math.sqrt(ROUNDS) + 1e-12;
    assertThat(blocks).isCloseTo(law.blocksBound(), within(tolerance));
    assertThat(sharp).isCloseTo(law.sharpBound(), within(tolerance));
    assertThat(top).isGreaterThanOrEqualTo(law.kl() - 1e-12);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void oneBlockAsLongAsACompletionIsBestOfN(long seed) {
    Grown grown = Grown.of(seed);
    TreePolicy policy = new TreePolicy(grown.tree(), 3, seed);
    List<Reward> rewards = List.of(new Prefixes(grown.reward()), Rewards.negativeLength());
    Prompt prompt = Prompt.user("x");

    BlockwiseRound blockwise = new Blockwise(6, 3, rewards).select(policy, prompt, SILENT);
    Round plain = new Selector(policy, rewards).select(new Selection.BestOfN(6), prompt);

    assertThat(blockwise.answer()).isEqualTo(plain.winner());
    assertThat(plain.tokensDrawn()).hasValue(blockwise.tokensDrawn());
    assertThat(BlockwiseFindings.of(blockwise, Confidence.DEFAULT).getFirst().value())
        .isEqualTo(KlBounds.analytical(6));
  }

  /// With equal rewards the first is kept each time, so more candidates change neither it nor the
  /// others that were there.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void candidatesDoNotDependOnHowManyThereAre(long seed) {
    TokenTree tree = Grown.of(seed).tree();
    List<Block> few = indifferent(tree, seed, 3).blocks();
    List<Block> many = indifferent(tree, seed, 8).blocks();
    assertThat(many).hasSameSizeAs(few);
    for (int b = 0; b < few.size(); b++) {
      assertThat(few.get(b).chosen()).isZero();
      assertThat(many.get(b).candidates().subList(0, 3)).isEqualTo(few.get(b).candidates());
    }
  }

  private static BlockwiseRound indifferent(TokenTree tree, long seed, int n) {
    return new Blockwise(n, 1, List.of(new Prefixes(_ -> 0)))
        .select(new TreePolicy(tree, tree.mostTokens(), seed), Prompt.user("x"), SILENT);
  }

  @Test
  void eachBlockContinuesWhatWasKeptAndTheAnswerIsTheLastOne() {
    TokenTree tree = new TokenTree(3, 9, _ -> new double[] {.05, .5, .45});
    var policy = new TreePolicy(tree, 8, 1);
    var progress = new ArrayList<Long>();
    BlockwiseRound round =
        new Blockwise(4, 3, List.of(Rewards.logLikelihood(), Rewards.negativeLength()))
            .select(policy, Prompt.user("x"), (_, tokens) -> progress.add(tokens));

    List<Integer> kept = List.of();
    double logP = 0;
    for (Block block : round.blocks()) {
      assertThat(block.start()).isEqualTo(kept.size());
      for (Draw candidate : block.candidates()) {
        assertThat(tokens(candidate).subList(0, kept.size())).isEqualTo(kept);
        assertThat(tokens(candidate)).hasSizeBetween(kept.size() + 1, kept.size() + 3);
        assertThat(candidate.score().rank()).isLessThanOrEqualTo(block.accepted().score().rank());
      }
      kept = tokens(block.accepted());
      logP += block.logProbability();
    }
    Draw answer = round.answer();
    assertThat(tokens(answer)).isEqualTo(kept);
    assertThat(answer.logProbability().floor()).isCloseTo(logP, within(1e-12));
    assertThat(kept.size() == 8 || answer.finish().equals(FinishReason.STOP)).isTrue();
    assertThat(answer.scores().scores())
        .containsExactly(
            new Score.Value(answer.logProbability().floor()), new Score.Value(-kept.size()));
    assertThat(progress).isSorted().last().isEqualTo(round.tokensDrawn());
  }

  @Test
  void aMissingScoreRanksBelowEveryScoreAndWithoutAnyTheFirstIsKept() {
    TokenTree tree = new TokenTree(2, 2, _ -> new double[] {.5, .5});
    BlockwiseRound some =
        new Blockwise(9, 1, List.of(new Prefixes(text -> text.getFirst() == 1 ? -9 : Double.NaN)))
            .select(new TreePolicy(tree, 2, 5), Prompt.user("x"), SILENT);
    assertThat(some.blocks().getFirst().accepted().score()).isEqualTo(new Score.Value(-9));
    assertThat(some.unscored()).isPositive();

    BlockwiseRound none =
        new Blockwise(9, 1, List.of(new Prefixes(_ -> Double.NaN)))
            .select(new TreePolicy(tree, 2, 5), Prompt.user("x"), SILENT);
    assertThat(none.blocks()).allMatch(block -> block.chosen() == 0);
  }

  @Test
  void aRewardOfWholeAnswersOnlyIsRefusedInOneLine() {
    assertThatThrownBy(() -> new Blockwise(4, 8, List.of(Rewards.numericAnswer("42"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "reward numeric:42 cannot score an unfinished completion, so it cannot choose among"
                + " blocks; put one first that can, such as log-likelihood or regex:PATTERN");
    assertThat(Rewards.named("sum(regex:a, numeric:4)").scoresPrefixes()).isFalse();
    assertThat(Rewards.named("min(regex:a, negative-length)").scoresPrefixes()).isTrue();
    assertThatThrownBy(() -> new Blockwise(0, 8, List.of(Rewards.logLikelihood())))
        .hasMessage("n and the tokens of a block must be at least 1, were 0 and 8");
  }
}
