package topdraw.reward;

import java.math.BigDecimal;
import topdraw.draw.LogProbability;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// The rewards that look at one completion and at nothing else.
public final class Rewards {
  private Rewards() {}

  /// Finds a reward that needs no model.
  ///
  /// @param spec `name` or `name:argument`, as in `regex:^Paris`
  /// @return the reward; the caller closes it
  /// @throws InputException if there is none of that name, or its argument is wrong
  public static Reward named(String spec) {
    return RewardCatalog.withoutModel().open(spec);
  }

  /// Whether a reward of this name is 0 at most by what it is.
  ///
  /// @param reward a reward's name
  /// @return true for `log-likelihood` and `negative-length`
  public static boolean neverAboveZero(String reward) {
    return reward.equals(logLikelihood().name()) || reward.equals(negativeLength().name());
  }

  /// The reference log-probability of the completion, in nats, or a number at most that: prefers
  /// what the reference policy itself finds likely. A number that proves nothing is no likelihood,
  /// and the score is missing. Source: the paper, appendix C, Figure 4.
  ///
  /// @return the reward
  public static Reward logLikelihood() {
    return new EachReward("log-likelihood", true, draw -> likelihood(draw.logProbability()));
  }

  private static Score likelihood(LogProbability logProbability) {
    return switch (logProbability) {
      case LogProbability.Exact(double nats) -> new Score.Value(nats);
      case LogProbability.AtMost(double nats, var reason) -> new Score.Value(nats);
      case LogProbability.Unproven unproven -> new Score.Missing(unproven.sentence());
      case LogProbability.Missing missing -> new Score.Missing(missing.sentence());
    };
  }

  /// Minus the number of tokens, the end token included: prefers short completions. Ties are the
  /// rule, not the exception. Source: the paper, appendix C, Figure 5.
  ///
  /// @return the reward
  public static Reward negativeLength() {
    return new EachReward(
        "negative-length",
        true,
        draw ->
            draw.length().isPresent()
                ? Score.of(-draw.length().getAsDouble())
                : new Score.Missing("the completion's length in tokens is not recorded"));
  }

  /// 1 where the pattern is found in the text, else 0. Patterns run in time linear in the text
  /// (RE2) and are bounded in size, so no pattern can hang a run.
  ///
  /// @param pattern an RE2 pattern; `^` and `$` are the ends of the text, `(?m)` makes them lines'
  /// @return the reward
  /// @throws InputException if the pattern does not parse, saying where, or is too large
  public static Reward regularExpression(String pattern) {
    LinearPattern compiled;
    try {
      compiled = LinearPattern.of(pattern);
    } catch (InputException e) {
      throw InputException.at("regex", e);
    }
    return EachReward.ofText("regex:" + pattern, true, text -> compiled.isIn(text) ? 1 : 0);
  }

  /// 1 where the last number in the text equals the answer exactly as a decimal (`42`, `42.0` and
  /// `4.2e1` are equal), else 0; a text without a number is a wrong answer.
  ///
  /// @param answer the right answer, a decimal number
  /// @return the reward
  /// @throws InputException if the answer is not a number
  public static Reward numericAnswer(String answer) {
    BigDecimal right =
        WrittenNumber.only(answer)
            .orElseThrow(
                () ->
                    new InputException(
                        Problem.MALFORMED,
                        "numeric: needs a decimal number such as numeric:42, was \""
                            + answer
                            + "\""));
    return EachReward.ofText(
        "numeric:" + answer,
        false, // the last number so far may be half of one, and need not stay the last
        text ->
            WrittenNumber.last(text).filter(number -> number.compareTo(right) == 0).isPresent()
                ? 1
                : 0);
  }
}
