package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.selection.Round;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Selection;
import topdraw.theory.law.Selection.BestOfN;
import topdraw.theory.law.Selection.EarlyStop;

class RoundPassesTest {
  private static Round round(Selection selection, String reward, int considered, Score... scores) {
    List<Draw> draws =
        IntStream.range(0, scores.length)
            .mapToObj(
                i ->
                    Draft.drawn(i, "y" + i, new int[] {i}, -1)
                        .withScores(new Scores(List.of(reward), List.of(scores[i]))))
            .toList();
    return new Round(Prompt.user("x"), selection, List.of(reward), draws, considered, 0, false);
  }

  private static Score[] scores(double... values) {
    return Arrays.stream(values).mapToObj(Score.Value::new).toArray(Score[]::new);
  }

  /// Five of sixteen: the law of two levels at 5/16 drifts by 1.1438 nats, as by P log(P/p) + (1-P)
  /// log((1-P)/(1-p)) with P = 1 - (11/16)^16.
  @Test
  void theDriftIsTheLawOfTwoLevelsAtTheShareOfPasses() {
    double[] values = new double[16];
    Arrays.fill(values, 0, 5, 1);
    RoundPasses passes =
        RoundPasses.of(round(new BestOfN(16), "regex:x", 16, scores(values))).orElseThrow();
    assertThat(passes).isEqualTo(new RoundPasses(5, 16));

    Finding drift = passes.drift(new BestOfN(16), Confidence.DEFAULT, List.of()).orElseThrow();
    double p = 5 / 16.0;
    double none = Math.pow(1 - p, 16);
    double law = (1 - none) * Math.log((1 - none) / p) + none * Math.log(none / (1 - p));
    assertThat(drift.value()).isCloseTo(law, within(1e-12));
    assertThat(drift.evidence()).isEqualTo(Evidence.ESTIMATE);
    // Clopper and Pearson: 0.1102 to 0.5866; least at the upper end, largest in between.
    assertThat(drift.interval().orElseThrow().lower()).isCloseTo(0.53336619, within(1e-6));
    assertThat(drift.interval().orElseThrow().upper()).isCloseTo(1.50397846, within(1e-6));
  }

  /// Five of sixteen: Clopper and Pearson's ends of the pass rate, by scipy, carried through `(1 -
  /// (1-p)^8) / p`. What a person multiplies out of the row's pass rate agrees.
  @Test
  void theDrawsOfEarlyStopLieBetweenThoseOfTheEndsOfThePassRate() {
    List<Draft> drafts =
        IntStream.range(0, 16)
            .mapToObj(i -> Draft.of("y" + i).reward("regex:x", i < 5 ? 1 : 0))
            .toList();
    AnalysisQuestion question =
        new AnalysisQuestion(
            "regex:x", Optional.empty(), OptionalDouble.of(1), List.of(8), Protocol.SUBSETS);
    List<PromptDraws> prompts = List.of(Draft.prompt("q", drafts));
    Finding draws =
        Analysis.of(
                Questions.of(question).<RuntimeException>measure(prompts::forEach),
                question,
                Confidence.DEFAULT)
            .curve()
            .getFirst()
            .findings()
            .stream()
            .filter(finding -> finding.quantity() == Quantity.EARLY_STOP_DRAWS)
            .findFirst()
            .orElseThrow();
    assertThat(draws.value()).isCloseTo(2.814102564102564, within(1e-12));
    assertThat(draws.interval().orElseThrow().lower()).isCloseTo(1.7032256445612535, within(1e-6));
    assertThat(draws.interval().orElseThrow().upper()).isCloseTo(5.509143623771596, within(1e-6));
    assertThat(draws.samples()).hasValue(16);
  }

  @Test
  void whereNoneOrAllPassTheDriftMayStillBeThere() {
    for (double value : new double[] {0, 1}) {
      double[] values = new double[16];
      Arrays.fill(values, value);
      Finding drift =
          RoundPasses.of(round(new BestOfN(16), "regex:x", 16, scores(values)))
              .flatMap(passes -> passes.drift(new BestOfN(16), Confidence.DEFAULT, List.of()))
              .orElseThrow();
      assertThat(drift.value()).isZero();
      assertThat(drift.interval().orElseThrow().lower()).isZero();
      assertThat(drift.interval().orElseThrow().upper()).isGreaterThan(0.1);
    }
  }

  /// What is proven of the round is not overtaken by an estimate beside it.
  @Test
  void whatIsProvenCutsTheEstimate() {
    double[] values = new double[16];
    Arrays.fill(values, 0, 5, 1);
    Finding bound =
        Finding.theorem(
            Quantity.KL, Role.UPPER_BOUND, 0.7, new Estimator("seen", "seen"), List.of());
    // What is proven of another quantity, or not proven, cuts nothing.
    Finding winRate =
        Finding.theorem(
            Quantity.WIN_RATE, Role.UPPER_BOUND, 0.6, new Estimator("seen", "seen"), List.of());
    Finding estimate =
        Finding.estimate(
            Quantity.KL,
            Role.UPPER_BOUND,
            0.65,
            new Interval(0.6, 0.7),
            Confidence.DEFAULT,
            16,
            new Estimator("seen", "seen"),
            List.of());
    Finding drift =
        RoundPasses.of(round(new BestOfN(16), "regex:x", 16, scores(values)))
            .flatMap(
                passes ->
                    passes.drift(
                        new BestOfN(16), Confidence.DEFAULT, List.of(winRate, estimate, bound)))
            .orElseThrow();
    assertThat(drift.value()).isEqualTo(0.7);
    assertThat(drift.interval().orElseThrow().upper()).isEqualTo(0.7);
    assertThat(drift.interval().orElseThrow().lower()).isCloseTo(0.53336619, within(1e-6));
  }

  @Test
  void onlyPassesOfBestOfNAreCounted() {
    assertThat(RoundPasses.of(round(new BestOfN(2), "regex:x", 2, scores(0, 0.5)))).isEmpty();
    assertThat(RoundPasses.of(round(new BestOfN(2), "majority:text", 2, scores(1, 1)))).isEmpty();
    assertThat(
            RoundPasses.of(
                round(new BestOfN(2), "regex:x", 2, new Score.Value(1), new Score.Missing("why"))))
        .isEmpty();
    assertThat(RoundPasses.of(round(new BestOfN(2), "judge", 2, scores(0, 1)))).isEmpty();
    assertThat(RoundPasses.of(round(new BestOfN(2), "process:count", 2, scores(0, 1)))).isEmpty();
    EarlyStop stop = new EarlyStop(4, 1);
    RoundPasses looked =
        RoundPasses.of(round(stop, "regex:x", 2, scores(0, 1, 1, 7))).orElseThrow();
    assertThat(looked).isEqualTo(new RoundPasses(1, 2));
    assertThat(looked.drift(stop, Confidence.DEFAULT, List.of())).isEmpty();
  }

  /// An estimate from elsewhere keeps its value and its source where it lies within what the rate
  /// allows: 0.1102 to 0.5866 of five in sixteen, where best-of-16 drifts by 0.5334 nats at least.
  @Test
  void anEstimateThatIsCorrectedIsKeptToWhatTheRateAllows() {
    var five = new RoundPasses(5, 16);
    assertKept(five, 1.2, 1.2);
    assertKept(five, 0.2, 0.53336619);
    assertKept(five, 2, 1.4);
  }

  private static void assertKept(RoundPasses passes, double told, double kept) {
    var source = new Estimator("elsewhere", "elsewhere");
    Finding estimate =
        Finding.estimate(
            Quantity.KL,
            Role.VALUE,
            told,
            new Interval(0, 3),
            Confidence.DEFAULT,
            16,
            source,
            List.of());
    Finding found = passes.corrected(estimate, 16, new Interval(0, 1.4), Confidence.DEFAULT);
    assertThat(found.value()).isCloseTo(kept, within(1e-6));
    assertThat(found.source()).isEqualTo(source);
    assertThat(found.samples()).hasValue(16);
    assertThat(found.interval().orElseThrow().lower()).isCloseTo(0.53336619, within(1e-6));
    assertThat(found.interval().orElseThrow().upper()).isEqualTo(1.4);
  }

  /// None of sixteen: the rate may be 0, where early stop draws its cap, or 1 - 0.025^(1/16).
  @Test
  void whereNoneReachesItEarlyStopMayDrawItsCap() {
    Finding told =
        Finding.estimate(
            Quantity.EARLY_STOP_DRAWS,
            Role.VALUE,
            8,
            new Interval(8, 8),
            Confidence.DEFAULT,
            16,
            new Estimator("subsets", "subsets"),
            List.of());
    Finding draws = new RoundPasses(0, 16).stopDraws(told, 8, Confidence.DEFAULT);
    assertThat(draws.value()).isEqualTo(8);
    assertThat(draws.interval().orElseThrow().upper()).isEqualTo(8);
    double rate = 1 - Math.pow(0.025, 1 / 16.0);
    assertThat(draws.interval().orElseThrow().lower())
        .isCloseTo((1 - Math.pow(1 - rate, 8)) / rate, within(1e-9));
  }
}
