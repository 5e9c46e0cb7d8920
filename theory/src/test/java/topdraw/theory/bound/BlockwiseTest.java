package topdraw.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.law.TokenTree;

/// Blockwise best-of-n on trees small enough to write out every text.
class BlockwiseTest {
  static LongStream seeds() {
    return Tables.seeds(100);
  }

  /// A tree with random next-token tables and random rewards of prefixes, every second seed with
  /// equal ones.
  private record Grown(TokenTree tree, Map<List<Integer>, Double> rewards, RandomGenerator random) {
    static Grown of(long seed) {
      RandomGenerator random = Tables.random(seed);
      int vocabulary = random.nextInt(2, 4);
      Map<List<Integer>, double[]> tables = new HashMap<>();
      TokenTree tree =
          new TokenTree(
              vocabulary,
              random.nextInt(1, 6),
              prefix ->
                  tables.computeIfAbsent(
                      prefix,
                      _ ->
                          random
                              .doubles(vocabulary, 0, 1)
                              .map(u -> Math.pow(u, 1 + seed % 7))
                              .toArray()));
      return new Grown(tree, new HashMap<>(), random);
    }

    double reward(List<Integer> prefix, boolean ties) {
      return rewards.computeIfAbsent(prefix, _ -> ties ? random.nextInt(2) : random.nextDouble());
    }
  }

  /// Theorem B.1 and the sum of d* over blocks.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBoundsHoldForEveryTree(long seed) {
    Grown grown = Grown.of(seed);
    int n = grown.random().nextInt(1, 6);
    int block = grown.random().nextInt(1, 5);
    BlockwiseLaw law =
        BlockwiseLaw.of(grown.tree(), n, block, prefix -> grown.reward(prefix, seed % 2 == 0));

    Near.assertEqual(law.logProbabilities().values().stream().mapToDouble(Math::exp).sum(), 1);
    Near.assertAtMost(law.kl(), law.sharpBound());
    Near.assertAtMost(law.sharpBound(), law.blocksBound());
    assertThat(law.kl()).isNotNegative();
  }

  /// The bound is the mean of what lengths alone say.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBoundIsTheMeanOverTheLengthsOfTexts(long seed) {
    Grown grown = Grown.of(seed);
    BlockwiseLaw law = BlockwiseLaw.of(grown.tree(), 3, 2, prefix -> grown.reward(prefix, false));
    double mean =
        law.logProbabilities().entrySet().stream()
            .mapToDouble(
                text ->
                    Math.exp(text.getValue())
                        * BlockwiseEstimate.klFromLengths(3, 2, text.getKey().size()))
            .sum();

    Near.assertEqual(law.blocksBound(), mean);
  }

  /// One block long enough for every text is best-of-n.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void oneLongBlockIsBestOfN(long seed) {
    Grown grown = Grown.of(seed);
    Map<List<Integer>, Double> texts = grown.tree().texts();
    double[] rewards = texts.keySet().stream().mapToDouble(t -> grown.reward(t, true)).toArray();
    double[] logP = texts.values().stream().mapToDouble(l -> l).toArray();
    Law bestOfN = Law.of(new Selection.BestOfN(4), OutcomeTable.of(logP, rewards));

    BlockwiseLaw law = BlockwiseLaw.of(grown.tree(), 4, 99, text -> grown.reward(text, true));

    Near.assertEqual(law.kl(), bestOfN.kl());
    Near.assertAtMost(law.kl(), KlBounds.analytical(4));
  }

  /// Two blocks: KL of the text's law, and the estimator's mean, by every text.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBlockwiseEstimateHasAMeanOfAtLeastTheKlDivergence(long seed) {
    Tables first = Tables.small(seed);
    int n = first.random().nextInt(1, 6);
    double[] chosen = Law.of(new Selection.BestOfN(n), first.table()).probabilities();
    double kl = Law.of(new Selection.BestOfN(n), first.table()).kl();
    double mean = 0;
    for (int i = 0; i < chosen.length; i++) {
      Tables second = Tables.small(1_000 + 10 * seed + i);
      Law law = Law.of(new Selection.BestOfN(n), second.table());
      kl += chosen[i] * law.kl();
      double[] then = law.probabilities();
      for (int j = 0; j < then.length; j++) {
        double estimate =
            BlockwiseEstimate.kl(n, Math.min(0, first.logP()[i]), Math.min(0, second.logP()[j]));
        assertThat(estimate).isBetween(0.0, 2 * KlBounds.analytical(n) + 1e-12);
        mean += chosen[i] * then[j] * estimate;
      }
    }
    Near.assertAtMost(kl, mean);
  }

  @Test
  void aTreeThatCannotBeWrittenOutIsRefused() {
    assertThatThrownBy(() -> new TokenTree(100, 100, _ -> new double[100]))
        .hasMessageContaining("few enough texts");
    assertThatThrownBy(() -> new TokenTree(3, 2, _ -> new double[2]).texts())
        .hasMessage("the law after [] needs 3 weights, had 2");
  }

  /// Blocks of one token: best of 3 of the first token, then of what follows it, and so on.
  @Test
  void shortBlocksAreChosenOneAfterTheOther() {
    TokenTree tree = new TokenTree(2, 3, _ -> new double[] {0.75, 0.25});
    BlockwiseLaw law = BlockwiseLaw.of(tree, 3, 1, prefix -> prefix.getLast());
    Map<List<Integer>, Double> texts = tree.texts();

    assertThat(law.logProbabilities().keySet()).isEqualTo(texts.keySet());
    double lost = 0;
    for (List<Integer> text : texts.keySet()) {
      double log = law.logProbabilities().getOrDefault(text, Double.NaN);
      assertThat(log).isLessThanOrEqualTo(0);
      lost += Math.exp(log) * (log - texts.getOrDefault(text, Double.NaN));
    }
    Near.assertEqual(law.kl(), lost);
    for (List<Integer> text : texts.keySet()) {
      double expected = 1;
      for (int t = 0; t < text.size(); t++) {
        // Of all tokens the largest is best: 1 unless all three draws are 0.
        expected *= chance(tree, text, t);
      }
      Near.assertEqual(Math.exp(law.logProbabilities().getOrDefault(text, Double.NaN)), expected);
    }
  }

  /// The best of three draws of the token at a place, by the law of one.
  private static double chance(TokenTree tree, List<Integer> text, int place) {
    Map<List<Integer>, Double> next = tree.continuations(text.subList(0, place), 1);
    int token = text.get(place);
    double atMost = 0;
    double below = 0;
    for (var more : next.entrySet()) {
      atMost += more.getKey().getLast() <= token ? Math.exp(more.getValue()) : 0;
      below += more.getKey().getLast() < token ? Math.exp(more.getValue()) : 0;
    }
    return Math.pow(atMost, 3) - Math.pow(below, 3);
  }
}
