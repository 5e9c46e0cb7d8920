package topdraw.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import topdraw.estimate.Column;
import topdraw.estimate.MeasuredPrompts;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// One setting of a method with its numbers from every prompt that has a score, read when they are
/// asked for.
///
/// @param method whose setting it is
/// @param i which of its settings, from 0
/// @param measured what was measured of all prompts
/// @param first the column where the method's numbers begin, of each prompt
record MeasuredSetting(
    TestedSettings method, int i, MeasuredPrompts measured, IntUnaryOperator first) {
  static final Estimator PILOT = new Estimator("pilot", "pilot");
  private static final Estimator SECOND_HALF =
      new Estimator("pilot_second_half", "pilot, second half of the draws");

  Setting setting() {
    return method.setting(i);
  }

  /// An unbiased win rate of each prompt.
  Column winRates() {
    return column(0);
  }

  /// A KL divergence that is too large on average.
  Column kls() {
    return column(1);
  }

  /// An unbiased reward; `-∞` when a draw without score can be returned.
  Column rewards() {
    return column(2);
  }

  /// Unbiased draws of early stop.
  Column draws() {
    return column(3);
  }

  /// The share of draws that reach the threshold of early stop.
  Column passRates() {
    return column(4);
  }

  private Column column(int number) {
    IntPredicate scored = prompt -> PilotQuestion.isScored(measured, prompt);
    int column = i * method.numbers() + number;
    return measured
        .column(scored, prompt -> measured.number(prompt, first.applyAsInt(prompt) + column))
        .from(
            IntStream.range(0, measured.count())
                .filter(scored)
                .mapToLong(prompt -> method.judges(measured.draws(prompt)))
                .sum());
  }

  /// The means over prompts, each with its interval: estimates.
  List<Finding> estimates(Certificate certificate) {
    Confidence confidence = certificate.ofEstimates();
    List<Finding> estimates = new ArrayList<>();
    estimates.add(mean(Quantity.WIN_RATE, Role.VALUE, winRates(), confidence));
    if (certificate.drift()) {
      estimates.add(mean(Quantity.KL, Role.UPPER_BOUND, kls(), confidence));
    }
    Column rewards = rewards();
    if (Arrays.stream(rewards.values()).allMatch(Double::isFinite)) {
      estimates.add(mean(Quantity.REWARD, Role.VALUE, rewards, confidence));
    }
    if (setting() instanceof Setting.EarlyStop) {
      estimates.add(mean(Quantity.DRAWS, Role.VALUE, draws(), confidence));
      estimates.add(mean(Quantity.PASS_RATE, Role.VALUE, passRates(), confidence));
    }
    return estimates;
  }

  private Finding mean(Quantity quantity, Role role, Column values, Confidence confidence) {
    return values.mean(quantity, role, quantity.range(), drawnFrom(), confidence);
  }

  /// Where the numbers come from: the first half of the draws sets a threshold, the second judges
  /// it.
  private Estimator drawnFrom() {
    return setting() instanceof Setting.EarlyStop ? SECOND_HALF : PILOT;
  }
}
