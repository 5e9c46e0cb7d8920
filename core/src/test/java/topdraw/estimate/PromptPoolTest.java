package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.reference.TablePolicy;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection.BestOfN;
import topdraw.theory.pool.Pool;

class PromptPoolTest {
  private static final OutcomeTable TABLE =
      OutcomeTable.ofProbabilities(.05, .1, .15, .2, .1, .1, .1, .2);

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  /// The outcome's place in the table is its reward.
  private static PromptPool draw(long seed, int completions) {
    return PromptPool.of(
        "table", scored(seed, completions, "table", d -> new Score.Value(TablePolicy.outcome(d))));
  }

  private static PromptDraws scored(
      long seed, int draws, String reward, Function<Draw, Score> score) {
    return PromptDraws.of(
        Prompt.user("x"),
        new TablePolicy(TABLE, seed, 8)
            .draw(Prompt.user("x"), 0, draws).stream()
                .map(d -> d.withScores(new Scores(List.of(reward), List.of(score.apply(d)))))
                .toList());
  }

  private static Finding finding(List<Finding> findings, Quantity quantity, String source) {
    return findings.stream()
        .filter(f -> f.quantity() == quantity && f.source().title().contains(source))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyTheoremHoldsForThePoolInHand(long seed) {
    for (int n : new int[] {1, 2, 4, 16}) {
      Law law = Law.of(new BestOfN(n), TABLE);
      for (Finding finding : draw(seed, 24).findings(n, Confidence.DEFAULT)) {
        if (finding.evidence() == Evidence.THEOREM) {
          assertThat(finding.role()).isEqualTo(Role.UPPER_BOUND);
          double truth = finding.quantity() == Quantity.KL ? law.kl() : law.winRate();
          assertThat(finding.value()).as("%s", finding).isGreaterThanOrEqualTo(truth - 1e-12);
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whenLikelihoodSelectsTheLikeliestCompletionSeenBoundsTheDrift(long seed) {
    PromptPool pool =
        PromptPool.of(
            "log-likelihood",
            scored(seed, 6, "log-likelihood", d -> Score.of(d.logProbability().floor())));
    OutcomeTable byLikelihood = OutcomeTable.of(TABLE.logProbabilities(), TABLE.logProbabilities());
    for (int n : new int[] {1, 2, 5}) {
      assertThat(pool.likelihoodSelects()).isTrue();
      double truth = Law.of(new BestOfN(n), byLikelihood).kl();
      assertThat(pool.likeliestKlBound(n)).isGreaterThanOrEqualTo(truth - 1e-12);
      assertThat(pool.findings(n, Confidence.DEFAULT))
          .anyMatch(f -> f.source().title().contains("likeliest"));
    }
    assertThat(draw(seed, 6).likelihoodSelects()).isFalse();
    assertThatThrownBy(() -> draw(seed, 6).likeliestKlBound(2))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void drawsOfEqualTokensAreOneOutcomeAndTheEndTokenCounts() {
    Draw whole = Draft.drawn(0, "a", new int[] {1, 0}, -1, -1);
    Draw again = Draft.drawn(1, "a", new int[] {1, 0}, -1, -1);
    Draw cut = Draft.drawn(2, "a", new int[] {1}, -1);
    assertThat(PromptDraws.of(Prompt.user("x"), List.of(whole, again, cut)).outcomes())
        .containsExactly(0, 0, 1);
  }

  @Test
  void withoutASpareDrawThereIsNoEstimate() {
    PromptPool pool = draw(1, 8);
    assertThat(pool.findings(7, Confidence.DEFAULT)).isNotEmpty();
    assertThatThrownBy(() -> pool.findings(8, Confidence.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("below the 8 completions drawn");
    assertThatThrownBy(() -> pool.findings(0, Confidence.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("below the 8 completions drawn, was 0");
  }

  @Test
  void aPoolOfMissingScoresIsOneLevel() {
    PromptPool pool =
        PromptPool.of("table", scored(3, 12, "table", _ -> new Score.Missing("none")));
    assertThat(finding(pool.findings(4, Confidence.DEFAULT), Quantity.WIN_RATE, "pooled").value())
        .isCloseTo(0.5, within(1e-12));
  }

  /// The win rate needs a draw more than n, so of 130 draws one at most is left out at n = 128,
  /// where groups of two are left out elsewhere.
  @Test
  void theWinRateOfAlmostAllDrawsHasAnInterval() {
    Finding found =
        finding(draw(3, 130).findings(128, Confidence.DEFAULT), Quantity.WIN_RATE, "pool");
    assertThat(found.interval().orElseThrow().lower()).isLessThan(found.value());
  }

  /// An estimate lies below its ceiling by a gap, which is divided and multiplied by `exp(z s/gap)`
  /// for the ends: s is the jackknife's error, of the win rate over one draw more, and z = 1.6449
  /// the 95 % point of the normal law.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theEndsOfAnIntervalAreSymmetricInTheLogarithmOfTheGap(long seed) {
    PromptPool pool = draw(seed, 24);
    Pool draws = pool.estimators();
    var confidence = new Confidence(0.9);
    assertEnds(
        pool.winRate(4, confidence),
        draws.winRate(4),
        draws.jackknifeStandardError(5, p -> p.winRate(4)),
        0.8);
    double top = Math.log(4) - 0.75;
    assertEnds(
        pool.meanOf25(4, confidence),
        draws.klBound(4),
        draws.jackknifeStandardError(4, p -> p.klBound(4)),
        top);
    assertEnds(
        pool.meanOfSharp(4, confidence),
        draws.sharpKlBound(4),
        draws.jackknifeStandardError(4, p -> p.sharpKlBound(4)),
        top);
  }

  private static void assertEnds(Finding found, double value, double error, double top) {
    double factor = Math.exp(1.6448536269514722 * error / (top - value));
    Interval ends = found.interval().orElseThrow();
    assertThat(error).isPositive();
    assertThat(found.value()).isEqualTo(value);
    assertThat(ends.lower()).isCloseTo(Math.max(0, top - (top - value) * factor), within(1e-12));
    assertThat(ends.upper()).isCloseTo(top - (top - value) / factor, within(1e-12));
    assertThat(found.samples()).hasValue(24);
    assertThat(found.confidence()).hasValue(0.9);
  }

  /// Of six draws and a confidence that leaves hardly a chance the lower end is cut at 0.
  @Test
  void noEndLiesBelowZero() {
    PromptPool pool =
        PromptPool.of(
            "table",
            new int[] {0, 1, 2, 3, 4, 5},
            new double[] {1, 2, 3, 4, 5, 6},
            new double[] {-9, -9, -9, -9, -0.2, -2});
    Interval ends = pool.meanOf25(2, new Confidence(0.999999)).interval().orElseThrow();
    assertThat(ends.lower()).isZero();
    assertThat(ends.upper()).isBetween(0.1, Math.log(2) - 0.5);
  }

  /// Where nothing is known of the probabilities the estimate is its ceiling, whatever is left out.
  @Test
  void anEstimateAtItsCeilingHasNoWidth() {
    PromptPool unknown =
        PromptPool.of(
            "table",
            new int[] {0, 1, 2, 3},
            new double[] {1, 2, 3, 4},
            new double[] {-800, -800, -800, -800});
    double top = Math.log(2) - 0.5;
    Finding found = unknown.meanOf25(2, Confidence.DEFAULT);
    assertThat(found.value()).isCloseTo(top, within(1e-15));
    assertThat(found.interval().orElseThrow().lower()).isCloseTo(top, within(1e-12));
    assertThat(found.interval().orElseThrow().upper()).isCloseTo(top, within(1e-15));
    assertThat(unknown.findings(2, Confidence.DEFAULT))
        .anyMatch(f -> f.source().equals(PromptPool.MEAN_OF_25));
  }

  /// The estimates from (25) and from d* are cut at the least theorem beside them, and left out
  /// where they and their whole interval lie above it.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noEstimateOfABoundLiesAboveATheoremBesideIt(long seed) {
    for (int draws : new int[] {4, 9, 24}) {
      PromptPool pool = draw(seed, draws);
      for (int n = 1; n < draws; n++) {
        List<Finding> findings = pool.findings(n, Confidence.DEFAULT);
        double proven = Math.min(KlBounds.analytical(n), pool.estimators().seenMassKlBound(n));
        List<Finding> expected = new ArrayList<>();
        for (Finding uncut : UncutEstimates.of(pool, Math.min(n, draws - 2), Confidence.DEFAULT)) {
          if (uncut.role() == Role.UPPER_BOUND && n < draws - 1) {
            Interval ends = uncut.interval().orElseThrow();
            if (uncut.value() <= proven || ends.lower() < proven) {
              expected.add(uncut);
            }
          }
        }
        List<Finding> told =
            findings.stream()
                .filter(f -> f.evidence() == Evidence.ESTIMATE && f.quantity() == Quantity.KL)
                .toList();
        assertThat(findings.stream().anyMatch(f -> f.source().equals(PromptPool.WIN_RATE)))
            .isEqualTo(n < draws - 1);
        if (n == draws - 1) {
          continue;
        }
        assertThat(told).hasSameSizeAs(expected);
        for (int i = 0; i < told.size(); i++) {
          Interval before = expected.get(i).interval().orElseThrow();
          Interval ends = told.get(i).interval().orElseThrow();
          assertThat(told.get(i).source()).isEqualTo(expected.get(i).source());
          assertThat(told.get(i).value()).isEqualTo(Math.min(expected.get(i).value(), proven));
          assertThat(ends.lower()).isEqualTo(before.lower());
          assertThat(ends.upper()).isEqualTo(Math.min(before.upper(), proven));
        }
      }
    }
  }
}
