package topdraw.reward;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;

/// The right answers to known prompts, each a pattern that is found in a right one, and the rewards
/// that look them up: [#correct] tells right from wrong, [#grade] how well a right one is put. A
/// prompt without an answer has no score.
public final class AnswerKey {
  /// Words of the longest answer that has the best grade.
  private static final int SHORT = 12;

  private static final Score NO_ANSWER =
      new Score.Missing("the right answer to this prompt is not known");

  private final TreeMap<String, String> patterns;
  private final Map<String, Reward> found;

  private AnswerKey(Map<String, String> patterns) {
    this.patterns = new TreeMap<>(patterns);
    found =
        patterns.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> Rewards.regularExpression(entry.getValue())));
  }

  /// An answer key.
  ///
  /// @param patterns by the key of each prompt an RE2 pattern that is found in right answers alone
  /// @return the key
  /// @throws topdraw.input.InputException if a pattern does not parse, or is too large
  public static AnswerKey of(Map<String, String> patterns) {
    return new AnswerKey(patterns);
  }

  /// 1 for a right answer, else 0.
  ///
  /// @return the reward `correct`
  public Reward correct() {
    return new Keyed("correct", true, (right, draw) -> right);
  }

  /// 0 for a wrong answer, 1 for a right one that the limit on tokens cut, 2 for a right one that
  /// is whole, 3 for one that is whole and has at most 12 words.
  ///
  /// @return the reward `grade`
  public Reward grade() {
    return new Keyed("grade", false, AnswerKey::grade);
  }

  private static double grade(double right, Draw draw) {
    if (right == 0 || draw.finish().cut()) {
      return right;
    }
    String text = draw.text().orElse("").strip();
    return text.split("\\s+", SHORT + 1).length <= SHORT ? 3 : 2;
  }

  /// Marks draws by whether they were found right.
  private final class Keyed implements Reward {
    private final String name;
    private final boolean prefixes;

    /// What a draw gets that was found right (1) or wrong (0).
    private final BiFunction<Double, Draw, Double> marks;

    Keyed(String name, boolean prefixes, BiFunction<Double, Draw, Double> marks) {
      this.name = name;
      this.prefixes = prefixes;
      this.marks = marks;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public RewardIdentity identity() {
      return RewardIdentity.of(name, "1", patterns);
    }

    @Override
    public boolean scoresPrefixes() {
      return prefixes;
    }

    @Override
    public List<Score> score(PromptDraws prompt) {
      Reward pattern = found.get(prompt.key().replaceFirst("#\\d+$", ""));
      if (pattern == null) {
        return prompt.draws().stream().map(draw -> NO_ANSWER).toList();
      }
      List<Score> right = pattern.score(prompt);
      return IntStream.range(0, right.size())
          .mapToObj(
              i ->
                  right.get(i) instanceof Score.Value(double value)
                      ? new Score.Value(marks.apply(value, prompt.draws().get(i)))
                      : right.get(i))
          .toList();
    }
  }
}
