package topdraw.estimate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Score;
import topdraw.theory.pool.JudgeAgreement;
import topdraw.theory.pool.LevelMeans;
import topdraw.theory.pool.Pool;
import topdraw.theory.pool.PoolEstimates;
import topdraw.theory.pool.PoolStop;

/// The draws of one prompt in the order of one reward, ordered once for every `n` and every
/// measure.
final class RankedDraws {
  private final PromptView prompt;
  private final String reward;
  private final Pool rewards;
  private final Pool completions;
  private final boolean known;
  private final boolean binary;
  private final Map<Double, Stop> stops = new HashMap<>();
  private final Map<String, Optional<Values>> scores = new HashMap<>();
  private final Map<String, Optional<Pool>> pools = new HashMap<>();
  private final Once<Optional<Values>> tokens;
  private final Once<Optional<Pool>> slowest;
  private final Once<Optional<Votes>> votes;
  private final Drifts drifts;
  private @Nullable Estimates estimates;

  /// The estimates at all `n` that were asked for together.
  ///
  /// @param asked all of them
  /// @param possible its first numbers, as far as there are draws
  private record Estimates(int[] asked, int[] possible, List<PoolEstimates> each) {
    Optional<PoolEstimates> at(int n) {
      int found = Arrays.binarySearch(possible, n);
      return found < 0 ? Optional.empty() : Optional.of(each.get(found));
    }
  }

  /// Where early stop at a threshold stops.
  ///
  /// @param ofRewards among the rewards alone
  /// @param best among the draws as far as they are known
  /// @param passing how many draws reach the threshold
  /// @param clipped the draws with their rewards cut at the threshold
  record Stop(PoolStop ofRewards, PoolStop best, int passing, Drifts clipped) {}

  /// A number of each draw.
  ///
  /// @param each in the order drawn
  /// @param means by level of the reward that orders
  /// @param mean of all draws
  record Values(double[] each, LevelMeans means, double mean) {}

  private RankedDraws(PromptView prompt, String reward, Pool completions) {
    this.prompt = prompt;
    this.reward = reward;
    this.completions = completions;
    rewards = completions.fromRewards();
    known =
        IntStream.range(0, prompt.size())
            .mapToDouble(prompt.draws()::logProbability)
            .anyMatch(Double::isFinite);
    binary =
        completions.rewards().allMatch(r -> r == 0 || r == 1 || r == Double.NEGATIVE_INFINITY)
            && completions.rewards().anyMatch(Double::isFinite);
    tokens = new Once<>(() -> prompt.tokens().map(this::values));
    slowest = new Once<>(() -> prompt.seconds().map(Pool::ofRewards));
    votes = new Once<>(() -> binary ? Votes.of(prompt.draws(), ranks()) : Optional.<Votes>empty());
    drifts = new Drifts(completions::klFromProbabilities);
  }

  static RankedDraws of(PromptView prompt, String reward) {
    return new RankedDraws(prompt, reward, prompt.completions(reward));
  }

  int size() {
    return completions.size();
  }

  /// The reward of each draw, `-∞` where missing.
  double[] ranks() {
    return prompt.ranks(reward);
  }

  /// Whether some draw has a score; the lowest of all is one too.
  boolean scored() {
    return !completions.rewards().allMatch(Double::isInfinite)
        || prompt.draws().draws().stream()
            .anyMatch(draw -> draw.scores().of(reward) instanceof Score.Value);
  }

  /// Whether every reward that is known is 0 or 1. A draw without a score does not pass.
  boolean binary() {
    return binary;
  }

  /// Whether no draw has a finite reward: such a prompt fits rewards of 0 and 1, none of which
  /// passed.
  boolean noneIsANumber() {
    return completions.rewards().noneMatch(Double::isFinite);
  }

  /// How many draws have a reward above 0: those that pass, where every reward is 0 or 1.
  int passing() {
    return (int) completions.rewards().filter(r -> r > 0).count();
  }

  /// Which draws have the reward 1: one without a reward does not pass.
  Values passes() {
    return values(completions.rewards().map(r -> r == 1 ? 1 : 0).toArray());
  }

  /// What the rewards alone say, as if no completion were drawn twice.
  Pool rewards() {
    return rewards;
  }

  /// What the completions and their log-probabilities say too.
  Pool completions() {
    return completions;
  }

  /// Whether some log-probability is known.
  boolean known() {
    return known;
  }

  /// What the draws say at one `n`.
  PromptAt at(int n) {
    return at(n, n);
  }

  /// What the draws say at one `n` of several that are asked for.
  ///
  /// @param asked all of them, in rising order; the same array each time
  PromptAt at(int n, int... asked) {
    PoolEstimates all = estimates(asked).at(n).orElseGet(() -> completions.at(n));
    return new PromptAt(this, n, asked, all.fromRewards(rewards), all);
  }

  private Estimates estimates(int... asked) {
    Estimates now = estimates;
    if (now != null && Arrays.equals(now.asked, asked)) { // asked once a group of draws and n
      return now;
    }
    int[] possible = upTo(size(), asked);
    now =
        new Estimates(
            asked,
            possible,
            now != null && Arrays.equals(now.possible, possible)
                ? now.each
                : completions.at(possible));
    estimates = now;
    return now;
  }

  private static int[] upTo(int most, int... rising) {
    int count = rising.length;
    while (count > 0 && rising[count - 1] > most) {
      count--;
    }
    return Arrays.copyOf(rising, count);
  }

  Stop stop(double threshold) {
    return stops.computeIfAbsent(
        threshold,
        value ->
            new Stop(
                rewards.stopAt(threshold),
                completions.stopAt(threshold),
                (int) completions.rewards().filter(r -> r >= threshold).count(),
                new Drifts(
                    () -> completions.clippedAt(threshold).klFromProbabilities(drifts.pool()))));
  }

  /// The share of draws that reach a threshold.
  double passRate(double threshold) {
    return (double) stop(threshold).passing() / size();
  }

  /// The scores under another reward; empty where one is missing.
  Optional<Values> scores(String other) {
    return scores.computeIfAbsent(other, name -> prompt.scores(other).map(this::values));
  }

  /// The draws in the order of another reward; empty where a score is missing.
  Optional<Pool> pool(String other) {
    return pools.computeIfAbsent(
        other, name -> scores(other).map(values -> Pool.ofRewards(values.each())));
  }

  /// How well the reward orders the draws by another one; empty where a score is missing.
  Optional<JudgeAgreement> agreement(String other) {
    return scores(other).map(values -> new JudgeAgreement(ranks(), values.each()));
  }

  /// The lengths in tokens; empty where one is not known.
  Optional<Values> tokens() {
    return tokens.get();
  }

  /// The draws in the order of their time; empty where one is not known.
  Optional<Pool> slowest() {
    return slowest.get();
  }

  /// The votes for answers; empty where none is recorded, or a reward is not 0 or 1.
  Optional<Votes> votes() {
    return votes.get();
  }

  /// The estimates of drift.
  Drifts drifts() {
    return drifts;
  }

  private Values values(double[] each) {
    return new Values(each, rewards.levelMeans(each), Arrays.stream(each).average().orElseThrow());
  }
}
