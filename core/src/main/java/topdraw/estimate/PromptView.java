package topdraw.estimate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.theory.confidence.Scope;
import topdraw.theory.pool.Pool;

/// The draws of one prompt as estimators want them. Each part is made when it is first asked for,
/// once for all questions; one thread asks.
public final class PromptView {
  private static final double[] NONE = new double[0];

  private final PromptDraws draws;
  private final long position;
  private final @Nullable Kept kept;
  private final Map<String, RankedDraws> ranked = new HashMap<>();
  private final Map<String, double[]> ranks = new HashMap<>();
  private final Map<String, double[]> numbers = new HashMap<>();

  PromptView(PromptDraws draws, long position) {
    this(draws, position, null);
  }

  private PromptView(PromptDraws draws, long position, @Nullable Kept kept) {
    this.draws = draws;
    this.position = position;
    this.kept = kept;
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

  /// The same prompt without some of its draws.
  PromptView without(int from, int to) {
    return new PromptView(draws.without(from, to), position, new Kept(this, from, to));
  }

  /// The same prompt with one draw more.
  PromptView with(Draw more) {
    return new PromptView(draws.with(more), position, new Kept(this, size(), size()));
  }

  /// The draws of another view but some, and then perhaps one more.
  private record Kept(PromptView all, int from, int to) {
    double[] of(double[] numbers, int size) {
      double[] kept = Arrays.copyOf(numbers, size);
      System.arraycopy(numbers, to, kept, from, numbers.length - to);
      return kept;
    }
  }

  /// The draws with what is known of their completions. Those of a view of others are in the order
  /// of these, and nothing of them is copied.
  Pool completions(String reward) {
    if (kept == null) {
      return draws.pool(reward);
    }
    Pool all = kept.all().ranked(reward).completions();
    int last = size() - 1;
    return kept.to() == kept.from()
        ? all.with(draws.draws().get(last).scores().rank(reward), draws.logProbability(last))
        : all.without(kept.from(), kept.to());
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
    return all("tokens", draw -> draw.length().orElse(Double.NaN));
  }

  Optional<double[]> seconds() {
    return all("seconds", draw -> draw.seconds().orElse(Double.NaN));
  }

  /// The scores of all draws under a reward; empty where one is missing.
  Optional<double[]> scores(String reward) {
    return all(
        "score " + reward,
        draw -> draw.scores().of(reward) instanceof Score.Value(double value) ? value : Double.NaN);
  }

  /// The rewards of the draws; `-∞` where one is missing.
  double[] ranks(String reward) {
    return ranks.computeIfAbsent(reward, draws::ranks);
  }

  private Optional<double[]> all(String name, ToDoubleFunction<Draw> number) {
    double[] numbers = numbers(name, number);
    return numbers.length == 0 || Arrays.stream(numbers).anyMatch(Double::isNaN)
        ? Optional.empty()
        : Optional.of(numbers);
  }

  /// Draws in columns are made when they are asked for, so they are asked once.
  ///
  /// @return one per draw, NaN where a draw has none; none where none has
  private double[] numbers(String name, ToDoubleFunction<Draw> number) {
    double[] known = numbers.get(name);
    if (known == null) {
      known = made(name, number);
      numbers.put(name, known);
    }
    return known;
  }

  private double[] made(String name, ToDoubleFunction<Draw> number) {
    double[] before = kept == null ? NONE : kept.all.numbers(name, number);
    if (kept != null && before.length == 0) {
      return NONE; // and one draw more has none either
    }
    int first = kept == null ? 0 : Math.min(kept.all.size(), size());
    double[] made = kept == null ? NONE : kept.of(before, size());
    for (int i = first; i < size(); i++) {
      double of = number.applyAsDouble(draws.draws().get(i));
      if (made.length == 0 && !Double.isNaN(of)) { // of millions of draws none, mostly
        made = new double[size()];
        Arrays.fill(made, 0, i, Double.NaN);
      }
      if (made.length > 0) {
        made[i] = of;
      }
    }
    return made;
  }
}
