package topdraw.reward;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.Optional;

/// The rewards that look at one completion and at nothing else.
public final class Rewards {
  /// Signed decimals, with thousands commas or an exponent: what a person would call a number.
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?(?:[eE][-+]?\\d{1,3})?|[-+]?\\.\\d+");

  private Rewards() {}

  /// Finds a reward that needs no model.
  ///
  /// @param spec `name` or `name:argument`, as in `regex:^Paris`
  /// @return the reward; the caller closes it
  /// @throws IllegalArgumentException if there is none of that name, or its argument is wrong
  public static Reward named(String spec) {
    return RewardCatalog.withoutModel().open(spec);
  }

  /// The reference log-probability of the completion, in nats: prefers what the reference policy
  /// itself finds likely. Source: the paper, appendix C, Figure 4.
  ///
  /// @return the reward
  public static Reward logLikelihood() {
    return new EachReward("log-likelihood", true, c -> Score.of(c.logProbability()));
  }

  /// Minus the number of tokens, the end token included: prefers short completions. Ties are the
  /// rule, not the exception. Source: the paper, appendix C, Figure 5.
  ///
  /// @return the reward
  public static Reward negativeLength() {
    return new EachReward("negative-length", true, c -> new Score.Value(-c.length()));
  }

  /// 1 where the pattern is found in the text, else 0. Patterns run in time linear in the text
  /// (RE2), so no pattern can hang a run.
  ///
  /// @param pattern an RE2 pattern; `^` and `$` are the ends of the text, `(?m)` makes them lines'
  /// @return the reward
  /// @throws IllegalArgumentException if the pattern does not parse, saying where
  public static Reward regularExpression(String pattern) {
    Pattern compiled;
    try {
      compiled = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "regex: "
              + e.getDescription()
              + " in \""
              + e.getPattern()
              + "\"; RE2 has no look-around and no back-references",
          e);
    }
    return new EachReward(
        "regex:" + pattern, true, c -> new Score.Value(compiled.matcher(c.text()).find() ? 1 : 0));
  }

  /// 1 where the last number in the text equals the answer exactly as a decimal (`42`, `42.0` and
  /// `4.2e1` are equal), else 0; a text without a number is a wrong answer.
  ///
  /// @param answer the right answer, a decimal number
  /// @return the reward
  /// @throws IllegalArgumentException if the answer is not a number
  public static Reward numericAnswer(String answer) {
    BigDecimal right =
        lastNumber(answer)
            .filter(_ -> NUMBER.matches(answer.strip()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "numeric: needs a decimal number such as numeric:42, was \""
                            + answer
                            + "\""));
    return new EachReward(
        "numeric:" + answer,
        false, // the last number so far may be half of one, and need not stay the last
        c ->
            new Score.Value(
                lastNumber(c.text()).filter(number -> number.compareTo(right) == 0).isPresent()
                    ? 1
                    : 0));
  }

  static Optional<BigDecimal> lastNumber(String text) {
    Matcher matcher = NUMBER.matcher(text);
    Optional<BigDecimal> last = Optional.empty();
    while (matcher.find()) {
      last = Optional.of(new BigDecimal(matcher.group().replace(",", "")));
    }
    return last;
  }
}
