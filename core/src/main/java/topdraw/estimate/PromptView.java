package topdraw.estimate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.theory.confidence.Scope;
import topdraw.theory.pool.Pool;

/// The draws of one prompt as estimators want them. Each part is made when it is first asked for,
/// once for all questions; one thread asks.
public final class PromptView {
  private final PromptDraws draws;
  private final long position;
  private final Map<String, RankedDraws> ranked = new HashMap<>();

  PromptView(PromptDraws draws, long position) {
    this.draws = draws;
    this.position = position;
  }

  /// The draws themselves.
  ///
  /// @return at least one
  public PromptDraws draws() {
    return draws;
  }

  /// How many draws there are.
  ///
  /// @return at least 1
  public int size() {
    return draws.draws().size();
  }

  /// The draws in the order of a reward, with the log-probabilities that are known.
  ///
  /// @param reward the reward's name
  /// @return the pool
  public Pool pool(String reward) {
    return ranked(reward).completions();
  }

  /// The same prompt with other draws.
  PromptView with(List<Draw> others) {
    return new PromptView(new PromptDraws(draws.key(), draws.prompt(), others), position);
  }

  /// Whether the numbers of this prompt may have to speak of its own draws alone, because there are
  /// few prompts.
  boolean amongFew() {
    return position < Scope.FEWEST_PROMPTS;
  }

  RankedDraws ranked(String reward) {
    return ranked.computeIfAbsent(reward, name -> RankedDraws.of(this, reward));
  }

  /// The lengths of the draws in tokens.
  ///
  /// @return one per draw; empty where one is not known
  public Optional<double[]> tokens() {
    return all(Draw::length);
  }

  Optional<double[]> seconds() {
    return all(Draw::seconds);
  }

  /// The scores of all draws under a reward; empty where one is missing.
  Optional<double[]> scores(String reward) {
    return all(
        draw ->
            draw.scores().of(reward) instanceof Score.Value(double value)
                ? OptionalDouble.of(value)
                : OptionalDouble.empty());
  }

  private Optional<double[]> all(Function<Draw, OptionalDouble> number) {
    var numbers = new double[size()];
    Arrays.setAll(numbers, i -> number.apply(draws.draws().get(i)).orElse(Double.NaN));
    return Arrays.stream(numbers).anyMatch(Double::isNaN) ? Optional.empty() : Optional.of(numbers);
  }
}
