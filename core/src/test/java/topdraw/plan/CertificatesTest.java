package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.estimate.MeasuredPrompts;
import topdraw.estimate.Questions;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.ConstantBets;
import topdraw.theory.confidence.MoreDraws;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.Settling;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Bounds of single settings against bets on their scaled values, and what would settle a floor.
class CertificatesTest {
  private static final Optional<Interval> RANGE = Optional.of(new Interval(-1, 3));
  private static final Confidence CONFIDENCE = Confidence.DEFAULT;

  private static MeasuredPrompts measured(Scope scope, List<PromptDraws> prompts) {
    var question =
        new PilotQuestion("r", Set.of(Method.BEST_OF_N), RANGE, OptionalDouble.empty(), scope);
    return Questions.of(question).measure(prompts::forEach, Runnable::run, 0).of(question);
  }

  private static List<PromptDraws> prompts(int count, int draws, boolean missing) {
    var random = new Random(17);
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      int first = j;
      prompts.add(
          Draft.prompt(
              "p" + j,
              IntStream.range(0, draws)
                  .mapToObj(
                      i -> {
                        Draft draft = Draft.of("o" + random.nextInt(4)).logP(-1.4, Draft.EXACT);
                        double reward = random.nextInt(5) - 1;
                        return missing && first == 0 && i < 3 ? draft : draft.reward("r", reward);
                      })
                  .toList()));
    }
    return prompts;
  }

  private static MeasuredSetting best(int n, MeasuredPrompts measured) {
    var from = new TestedSettings.OfBestOfN();
    return new MeasuredSetting(
        from.setting(n - 1), from, n - 1, measured, _ -> PilotQuestion.FIRST_SETTING, false);
  }

  private static PromptCertificate overPrompts(boolean drift, Optional<Interval> range) {
    return new PromptCertificate(0.2, drift, range, CONFIDENCE);
  }

  private static double[] scaled(double[] values, double low, double high) {
    return Arrays.stream(values).map(v -> Math.clamp((v - low) / (high - low), 0, 1)).toArray();
  }

  @Test
  void overPromptsEachBoundIsABetOnItsRange() {
    MeasuredSetting three = best(3, measured(Scope.PROMPTS, prompts(30, 8, false)));
    PromptCertificate certificate = overPrompts(true, RANGE);
    Finding winRate = certificate.winRate(three);
    double[] wins = scaled(three.winRates().values(), 0.5, 0.75);
    assertThat(winRate.value()).isCloseTo(0.5 + 0.25 * Betting.lower(wins, 0.2), within(1e-12));
    assertThat(winRate.confidence().orElseThrow()).isCloseTo(0.8, within(1e-12));
    Finding reward = certificate.reward(three);
    double[] rewards = scaled(three.rewards().values(), -1, 3);
    assertThat(reward.value()).isCloseTo(4 * Betting.lower(rewards, 0.2) - 1, within(1e-12));
    assertThat(reward.value()).isBetween(0.5, 3.0);
    double top = Math.log(3) - 2 / 3.0;
    Finding kl = certificate.kl(three);
    assertThat(kl.value())
        .isCloseTo(top * Betting.upper(scaled(three.kls().values(), 0, top), 0.2), within(1e-12));
    assertThat(kl.role()).isEqualTo(Role.UPPER_BOUND);
    assertThat(kl.confidence()).isPresent();
    // Without log-probabilities, and of one draw, what holds for every policy is all.
    Finding certain = overPrompts(false, RANGE).kl(three);
    assertThat(certain.value()).isCloseTo(top, within(1e-12));
    assertThat(certain.confidence()).isEmpty();
    assertThat(certain.source().title()).contains("every reference");
    MeasuredSetting one = best(1, measured(Scope.PROMPTS, prompts(30, 8, false)));
    assertThat(certificate.kl(one).value()).isZero();
    assertThat(certificate.kl(one).confidence()).isEmpty();
    assertThat(certificate.winRate(one).value()).isEqualTo(0.5);
    assertThat(certificate.winRate(one).evidence()).isEqualTo(Evidence.EXACT);
    assertThat(certificate.draws(three).value()).isEqualTo(3);
    assertThat(certificate.draws(three).evidence()).isEqualTo(Evidence.EXACT);
  }

  @Test
  void whereADrawWithoutScoreMayBeReturnedOnlyTheEndOfTheRangeIsProven() {
    MeasuredSetting three = best(3, measured(Scope.PROMPTS, prompts(30, 8, true)));
    assertThat(Arrays.stream(three.rewards().values()).anyMatch(Double::isInfinite)).isTrue();
    assertThat(overPrompts(true, RANGE).reward(three).value()).isEqualTo(-1);
    MeasuredSetting four = best(4, measured(Scope.PROMPTS, prompts(30, 8, true)));
    assertThat(overPrompts(true, RANGE).reward(four).value()).isGreaterThan(0);
    assertThat(overPrompts(true, Optional.empty()).reward(four).value())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void earlyStopDrawsAreBetOnBetweenOneAndTheCap() {
    var question =
        new PilotQuestion(
            "r",
            Set.of(Method.BEST_OF_N, Method.EARLY_STOP),
            RANGE,
            OptionalDouble.of(2),
            Scope.PROMPTS);
    List<PromptDraws> prompts = prompts(30, 8, false);
    MeasuredPrompts measured =
        Questions.of(question).measure(prompts::forEach, Runnable::run, 0).of(question);
    var from = new TestedSettings.OfStopAt(2);
    var four =
        new MeasuredSetting(
            from.setting(2), from, 2, measured, _ -> PilotQuestion.FIRST_SETTING + 21, false);
    assertThat(four.n()).isEqualTo(4);
    Finding draws = overPrompts(true, RANGE).draws(four);
    assertThat(draws.value())
        .isCloseTo(1 + 3 * Betting.upper(scaled(four.draws().values(), 1, 4), 0.2), within(1e-12));
    assertThat(draws.role()).isEqualTo(Role.UPPER_BOUND);
    assertThat(draws.value()).isBetween(1.5, 3.9);
  }

  private static Unmet.Help more(
      MeasuredSetting tested, Quantity quantity, Range range, double wanted) {
    double[] values =
        (quantity == Quantity.WIN_RATE ? tested.winRates() : tested.rewards()).values();
    return new Unmet.Help.MorePrompts(
        OptionalLong.of(
            ((Settling.More)
                    MoreDraws.forPrompts(
                        scaled(values, range.low(), range.high()), range.scaled(wanted), 0.2))
                .more()));
  }

  @Test
  void overPromptsWhatWouldSettleAFloor() {
    MeasuredSetting three = best(3, measured(Scope.PROMPTS, prompts(30, 8, false)));
    PromptCertificate certificate = overPrompts(true, RANGE);
    var above = new Unmet.Help.Above(OptionalDouble.empty());
    var rewards = new Range(-1, 3);
    var wins = new Range(0.5, 0.75);
    double reward = Arrays.stream(three.rewards().values()).average().orElseThrow() - 0.05;
    double winRate = Arrays.stream(three.winRates().values()).average().orElseThrow() - 0.005;
    assertThat(certificate.help(Quantity.REWARD, three, reward, reward))
        .isEqualTo(more(three, Quantity.REWARD, rewards, reward));
    assertThat(certificate.help(Quantity.WIN_RATE, three, winRate, 0.74))
        .isEqualTo(more(three, Quantity.WIN_RATE, wins, winRate));
    assertThat(certificate.help(Quantity.REWARD, three, 2.9, 2.5)).isEqualTo(above);
    assertThat(certificate.help(Quantity.WIN_RATE, three, 0.74, 0.7)).isEqualTo(above);
    assertThat(certificate.help(Quantity.REWARD, three, 2, Double.NEGATIVE_INFINITY))
        .isEqualTo(new Unmet.Help.Scores());
    // At an end of the range no number of prompts is enough, or none is needed.
    for (double end : new double[] {-1, 3}) {
      assertThat(certificate.help(Quantity.REWARD, three, end, 3))
          .isEqualTo(new Unmet.Help.MorePrompts(OptionalLong.empty()));
    }
    assertThat(overPrompts(true, Optional.empty()).help(Quantity.REWARD, three, 1, 2))
        .isEqualTo(new Unmet.Help.StatedRange());
    assertThat(overPrompts(true, Optional.empty()).help(Quantity.WIN_RATE, three, winRate, 0.74))
        .isEqualTo(more(three, Quantity.WIN_RATE, wins, winRate));
    MeasuredSetting one = best(1, measured(Scope.PROMPTS, prompts(30, 8, false)));
    assertThat(certificate.help(Quantity.WIN_RATE, one, 0.5, 0.5)).isEqualTo(above);
    MeasuredSetting alone = best(3, measured(Scope.PROMPTS, prompts(1, 8, false)));
    assertThat(certificate.help(Quantity.REWARD, alone, 1, 2))
        .isEqualTo(new Unmet.Help.OtherPrompts());
  }

  /// Of four given prompts of twelve draws each, in blocks.
  private record Given(MeasuredPrompts measured, BlockCertificate certificate) {
    private static Given of(Optional<Interval> range) {
      MeasuredPrompts measured = CertificatesTest.measured(Scope.DRAWS, prompts(4, 12, false));
      int[] first = new int[4];
      Arrays.fill(first, PilotQuestion.FIRST_SETTING + 3 * 11);
      var blocks = new DrawBlocks(measured, new int[] {0, 1, 2, 3}, first);
      return new Given(measured, new BlockCertificate(0.2, true, blocks, range, CONFIDENCE));
    }

    private MeasuredSetting best(int n) {
      return CertificatesTest.best(n, measured);
    }

    private double[] wins(int n) {
      return scaled(certificate.blocks().wins(n - 1), 0.5, n / (n + 1.0));
    }

    private double[] bests(int n) {
      return scaled(certificate.blocks().bests(n - 1), -1, 3);
    }
  }

  private static double reward(double[] scaled) {
    return 4 * ConstantBets.lower(scaled, 0.2) - 1;
  }

  private static double[] times(int times, double[] values) {
    double[] all = new double[times * values.length];
    Arrays.setAll(all, j -> values[j % values.length]);
    return all;
  }

  @Test
  void ofGivenPromptsEachBoundIsABetOnBlocks() {
    Given given = Given.of(RANGE);
    MeasuredSetting three = given.best(3);
    Finding reward = given.certificate().reward(three);
    assertThat(reward.value()).isCloseTo(reward(given.bests(3)), within(1e-12));
    assertThat(reward.samples()).hasValue(48);
    assertThat(reward.prompts()).hasValue(4);
    assertThat(given.certificate().winRate(three).value())
        .isCloseTo(0.5 + ConstantBets.lower(given.wins(3), 0.2) / 4, within(1e-12));
    assertThat(given.certificate().winRate(given.best(1)).value()).isEqualTo(0.5);
    assertThat(given.certificate().kl(three).value())
        .isCloseTo(Math.log(3) - 2 / 3.0, within(1e-12));
    assertThat(given.certificate().draws(three).value()).isEqualTo(3);
    assertThat(given.certificate().estimates(three)).isNotEmpty();
    assertThat(Given.of(Optional.empty()).certificate().reward(three).value())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /// A floor could be reached where blocks that are all at the upper end would prove it.
  @Test
  void aFloorIsOutOfReachWhereTheBestBlocksDoNotProveIt() {
    Given given = Given.of(RANGE);
    MeasuredSetting three = given.best(3);
    double[] ones = new double[16];
    Arrays.fill(ones, 1);
    double most = new Range(-1, 3).at(ConstantBets.lower(ones, 0.2));
    assertThat(given.bests(3)).hasSize(16);
    assertThat(given.certificate().couldReach(Quantity.REWARD, three, most)).isTrue();
    assertThat(given.certificate().couldReach(Quantity.REWARD, three, Math.nextUp(most))).isFalse();
    double[] fewer = new double[12];
    Arrays.fill(fewer, 1);
    double wins = new Range(0.5, 0.75).at(ConstantBets.lower(fewer, 0.2));
    assertThat(given.certificate().couldReach(Quantity.WIN_RATE, three, wins)).isTrue();
    assertThat(given.certificate().couldReach(Quantity.WIN_RATE, three, Math.nextUp(wins)))
        .isFalse();
    assertThat(given.certificate().couldReach(Quantity.WIN_RATE, given.best(1), 0.5)).isFalse();
    BlockCertificate unknown = Given.of(Optional.empty()).certificate();
    assertThat(unknown.couldReach(Quantity.REWARD, three, -100)).isFalse();
    assertThat(unknown.couldReach(Quantity.WIN_RATE, three, wins)).isTrue();
  }

  /// As many times the 48 draws at hand as would prove it, if they said the same again; 0 where 64
  /// times would not.
  @Test
  void ofGivenPromptsWhatWouldSettleAFloor() {
    Given given = Given.of(RANGE);
    MeasuredSetting three = given.best(3);
    BlockCertificate certificate = given.certificate();
    var range = new Range(-1, 3);
    for (int times : new int[] {2, 3, 64}) {
      double proven = range.at(ConstantBets.lower(times(times, given.bests(3)), 0.2));
      assertThat(certificate.help(Quantity.REWARD, three, proven, 3))
          .isEqualTo(new Unmet.Help.MoreDraws((times - 1) * 48L));
      double wins = new Range(0.5, 0.75).at(ConstantBets.lower(times(times, given.wins(3)), 0.2));
      assertThat(certificate.help(Quantity.WIN_RATE, three, wins, 0.75))
          .isEqualTo(new Unmet.Help.MoreDraws((times - 1) * 48L));
    }
    double beyond = range.at(ConstantBets.lower(times(65, given.bests(3)), 0.2));
    assertThat(certificate.help(Quantity.REWARD, three, beyond, 3))
        .isEqualTo(new Unmet.Help.MoreDraws(0));
    assertThat(certificate.help(Quantity.REWARD, three, beyond, beyond))
        .isEqualTo(new Unmet.Help.MoreDraws(0));
    assertThat(certificate.help(Quantity.REWARD, three, 2.9, 2.8))
        .isEqualTo(new Unmet.Help.Above(OptionalDouble.empty()));
    assertThat(Given.of(Optional.empty()).certificate().help(Quantity.REWARD, three, 1, 2))
        .isEqualTo(new Unmet.Help.StatedRange());
    assertThat(Given.of(Optional.empty()).certificate().help(Quantity.WIN_RATE, three, 0.7, 0.6))
        .isEqualTo(new Unmet.Help.Above(OptionalDouble.empty()));
  }
}
