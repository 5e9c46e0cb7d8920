package topdraw.draw;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.json.Json;
import topdraw.theory.pool.Pool;

/// The draws of one prompt, in the order drawn or recorded.
public final class PromptDraws {
  private final String key;
  private final Optional<Prompt> prompt;
  private final List<Draw> draws;
  private final Numbers numbers;

  /// Of fewer draws, made when first asked for.
  private volatile int @Nullable [] renumbered;

  /// What is known of each draw in numbers; of fewer draws, or of one more, nothing is copied.
  private sealed interface Numbers {
    /// Equal for equal outcomes, at least 0.
    int outcome(int draw);

    double logProbability(int draw);
  }

  private record All(int[] outcomes, double[] logProbabilities) implements Numbers {
    @Override
    public int outcome(int draw) {
      return outcomes[draw];
    }

    @Override
    public double logProbability(int draw) {
      return logProbabilities[draw];
    }
  }

  private record AllBut(Numbers all, int from, int to) implements Numbers {
    private int place(int draw) {
      return draw < from ? draw : draw + to - from;
    }

    @Override
    public int outcome(int draw) {
      return all.outcome(place(draw));
    }

    @Override
    public double logProbability(int draw) {
      return all.logProbability(place(draw));
    }
  }

  private record AndOne(Numbers all, int last, int lastOutcome, double lastLogProbability)
      implements Numbers {
    @Override
    public int outcome(int draw) {
      return draw == last ? lastOutcome : all.outcome(draw);
    }

    @Override
    public double logProbability(int draw) {
      return draw == last ? lastLogProbability : all.logProbability(draw);
    }
  }

  /// The draws of a prompt.
  ///
  /// @param key what tells the prompt from others
  /// @param prompt what was asked; empty where only the key is known
  /// @param draws its completions, at least one
  public PromptDraws(String key, Optional<Prompt> prompt, List<Draw> draws) {
    this.key = key;
    this.prompt = prompt;
    this.draws = draws instanceof DrawColumns ? draws : List.copyOf(draws);
    if (this.draws.isEmpty()) {
      throw new IllegalArgumentException("the prompt '" + key + "' has no draw");
    }
    numbers = new All(numbered(this.draws), logProbabilities(this.draws));
  }

  private PromptDraws(String key, Optional<Prompt> prompt, List<Draw> draws, Numbers numbers) {
    this.key = key;
    this.prompt = prompt;
    this.draws = draws;
    this.numbers = numbers;
  }

  private static double[] logProbabilities(List<Draw> draws) {
    Optional<double[]> kept =
        draws instanceof DrawColumns columns ? columns.usableLogProbabilities() : Optional.empty();
    if (kept.isPresent()) {
      return kept.get();
    }
    var logP = new double[draws.size()];
    Arrays.setAll(
        logP, i -> draws.get(i).logProbability().usable().orElse(Double.NEGATIVE_INFINITY));
    return logP;
  }

  /// The same prompt without some draws in a row.
  ///
  /// @param from the first draw left out
  /// @param to the first one behind it that is kept
  /// @return the others, of which there is at least one
  public PromptDraws without(int from, int to) {
    int size = draws.size() - (to - from);
    if (size < 1) {
      throw new IllegalArgumentException("no draw of '" + key + "' is left");
    }
    return new PromptDraws(
        key, prompt, new DrawsWithout(draws, from, to), new AllBut(numbers, from, to));
  }

  /// The same prompt with one draw more, of an outcome that no other draw has.
  ///
  /// @param more the draw
  /// @return all of them
  public PromptDraws with(Draw more) {
    int most = IntStream.range(0, draws.size()).map(numbers::outcome).max().orElseThrow();
    double logP = more.logProbability().usable().orElse(Double.NEGATIVE_INFINITY);
    return new PromptDraws(
        key,
        prompt,
        new DrawsAndOne(draws, more),
        new AndOne(numbers, draws.size(), most + 1, logP));
  }

  /// Numbers from 0 on, in the order in which outcomes come first.
  private static int[] renumbered(int[] outcomes) {
    int[] known = new int[Arrays.stream(outcomes).max().orElseThrow() + 1];
    int distinct = 0;
    for (int i = 0; i < outcomes.length; i++) {
      int old = outcomes[i];
      if (known[old] == 0) {
        known[old] = ++distinct;
      }
      outcomes[i] = known[old] - 1;
    }
    return outcomes;
  }

  /// Nothing is copied.
  private static final class DrawsWithout extends AbstractList<Draw> {
    private final List<Draw> all;
    private final int from;
    private final int to;

    DrawsWithout(List<Draw> all, int from, int to) {
      this.all = all;
      this.from = from;
      this.to = to;
    }

    @Override
    public Draw get(int i) {
      return all.get(i < from ? i : i + to - from);
    }

    @Override
    public int size() {
      return all.size() - (to - from);
    }
  }

  private static final class DrawsAndOne extends AbstractList<Draw> {
    private final List<Draw> all;
    private final Draw more;

    DrawsAndOne(List<Draw> all, Draw more) {
      this.all = all;
      this.more = more;
    }

    @Override
    public Draw get(int i) {
      return i == all.size() ? more : all.get(i);
    }

    @Override
    public int size() {
      return all.size() + 1;
    }
  }

  /// The draws of a prompt that is known by its own key.
  ///
  /// @param prompt what was asked
  /// @param draws its completions, at least one
  /// @return the draws
  public static PromptDraws of(Prompt prompt, List<Draw> draws) {
    return new PromptDraws(prompt.key(), Optional.of(prompt), draws);
  }

  /// Numbers the distinct outcomes.
  ///
  /// @param draws draws of one prompt
  /// @return one number per draw from 0 on, equal for equal outcomes
  private static int[] numbered(List<Draw> draws) {
    // No map of objects: of millions of draws it would be larger than all else.
    int[] outcomes = new int[draws.size()];
    int[] hashes = new int[draws.size()];
    int[] firsts = new int[Integer.highestOneBit(Math.max(1, draws.size())) * 4];
    int distinct = 0;
    for (int i = 0; i < outcomes.length; i++) {
      Outcome outcome = draws.get(i).outcome();
      hashes[i] = outcome.hashCode();
      int at = spread(hashes[i]) & (firsts.length - 1);
      while (firsts[at] != 0
          && !(hashes[firsts[at] - 1] == hashes[i]
              && draws.get(firsts[at] - 1).outcome().equals(outcome))) {
        at = (at + 1) & (firsts.length - 1);
      }
      if (firsts[at] == 0) {
        firsts[at] = i + 1;
        outcomes[i] = distinct++;
      } else {
        outcomes[i] = outcomes[firsts[at] - 1];
      }
    }
    return outcomes;
  }

  /// Hashes of numbers and texts differ mostly in their last bits.
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }

  /// What tells the prompt from others in its file or run.
  ///
  /// @return the key
  public String key() {
    return key;
  }

  /// What was asked.
  ///
  /// @return the prompt; empty where only its key is known
  public Optional<Prompt> prompt() {
    return prompt;
  }

  /// The words a person would recognise the prompt by.
  ///
  /// @return what was asked, or `prompt` and the key
  public String display() {
    return prompt.map(Prompt::display).orElse("prompt " + key);
  }

  /// Where the prompt stands in an order of prompts that says nothing of what was drawn for them,
  /// as the order of a file may: by the SHA-256 of its key, of which these are the first 64 bits.
  ///
  /// @return the bits as a number whose order as a signed one is theirs
  public long order() {
    return order(key);
  }

  /// [#order()] of a prompt that is known by its key alone.
  ///
  /// @param key its key
  /// @return the bits as a number whose order as a signed one is theirs
  public static long order(String key) {
    return Long.parseUnsignedLong(Json.sha256(key).substring(0, 16), 16) ^ Long.MIN_VALUE;
  }

  /// The draws.
  ///
  /// @return at least one, in the order drawn or recorded
  public List<Draw> draws() {
    return draws;
  }

  /// Numbers the distinct outcomes.
  ///
  /// @return one number per draw from 0 on, equal for equal outcomes
  public int[] outcomes() {
    return numbered().clone();
  }

  /// Which outcome a draw is.
  ///
  /// @param draw from 0
  /// @return its number among [#outcomes()]
  public int outcome(int draw) {
    return numbered()[draw];
  }

  private int[] numbered() {
    if (numbers instanceof All(int[] outcomes, double[] logP)) {
      return outcomes;
    }
    int[] known = renumbered;
    if (known == null) {
      known = renumbered(IntStream.range(0, draws.size()).map(numbers::outcome).toArray());
      renumbered = known;
    }
    return known;
  }

  /// One log-probability per draw, as recorded. Whether bounds may rest on them is asked of the
  /// draws ([LogProbability#proves]).
  ///
  /// @return in nats; `-∞` where it is missing or impossible, which keeps bounds bounds
  public double[] logProbabilities() {
    return IntStream.range(0, draws.size()).mapToDouble(this::logProbability).toArray();
  }

  /// The log-probability of a draw, as recorded.
  ///
  /// @param draw from 0
  /// @return in nats; `-∞` where it is missing or impossible
  public double logProbability(int draw) {
    return numbers.logProbability(draw);
  }

  /// The draws' scores under one reward.
  ///
  /// @param reward the reward's name
  /// @return one number per draw; `-∞` where there is no score
  public double[] ranks(String reward) {
    return keptRanks(reward).map(double[]::clone).orElseGet(() -> madeRanks(reward));
  }

  private Optional<double[]> keptRanks(String reward) {
    return draws instanceof DrawColumns columns ? columns.ranks(reward) : Optional.empty();
  }

  private double[] madeRanks(String reward) {
    var ranks = new double[draws.size()];
    Arrays.setAll(ranks, i -> draws.get(i).scores().rank(reward));
    return ranks;
  }

  /// The draws in the order of one reward.
  ///
  /// @param reward the reward's name
  /// @param withLogProbabilities whether the log-probabilities may be used
  /// @return the pool
  public Pool pool(String reward, boolean withLogProbabilities) {
    double[] logP = logProbabilities();
    if (!withLogProbabilities) {
      Arrays.fill(logP, Double.NEGATIVE_INFINITY);
    }
    return Pool.over(outcomes(), ranks(reward), logP);
  }

  /// The draws in the order of one reward, with the log-probabilities that are known.
  ///
  /// @param reward the reward's name
  /// @return the pool, for which nothing is copied that is kept as numbers
  public Pool pool(String reward) {
    double[] ranks = keptRanks(reward).orElseGet(() -> madeRanks(reward));
    return numbers instanceof All(int[] outcomes, double[] logP)
        ? Pool.over(outcomes, ranks, logP)
        : Pool.over(outcomes(), ranks, logProbabilities());
  }
}
