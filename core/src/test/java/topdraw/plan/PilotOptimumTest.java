package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Questions;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Interval;

/// The choice from recorded samples draws least of all methods and settings that are certain to
/// meet the targets: every method is run on every order of each prompt's draws.
class PilotOptimumTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final int DRAWS = 6;
  private static final List<int[]> ORDERS = orders(new int[0]);

  /// A setting, what each prompt says of it, and how many draws it takes on average.
  private record Tried(Setting setting, double[] rewards, double[] wins, double draws) {}

  static LongStream seeds() {
    return LongStream.range(0, 24);
  }

  private static List<int[]> orders(int[] begun) {
    if (begun.length == DRAWS) {
      return List.of(begun);
    }
    List<int[]> all = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      int next = i;
      if (Arrays.stream(begun).noneMatch(drawn -> drawn == next)) {
        int[] longer = Arrays.copyOf(begun, begun.length + 1);
        longer[begun.length] = i;
        all.addAll(orders(longer));
      }
    }
    return all;
  }

  /// Even seeds: rewards of 0 and 1, and no threshold; odd ones: 0, 1 or 2, which ends at 1 or 2.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingThatIsCertainDrawsLess(long seed) {
    var random = new Random(seed);
    boolean passFail = seed % 2 == 0;
    int top = passFail ? 1 : 2;
    double threshold = passFail ? 1 : 1 + random.nextInt(2);
    boolean byWins = random.nextInt(3) == 0;
    double wanted =
        byWins ? random.nextDouble(0.5, 0.68) : top * random.nextDouble(0.4, passFail ? 0.9 : 0.75);
    List<double[]> rewards = new ArrayList<>();
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 90; j++) {
      double rate = random.nextDouble(0.2, 0.8);
      double[] drawn =
          IntStream.range(0, DRAWS)
              .mapToDouble(_ -> random.nextDouble() < rate ? 1 + random.nextInt(top) : 0)
              .toArray();
      rewards.add(drawn);
      prompts.add(
          Draft.prompt(
              "p" + j, Arrays.stream(drawn).mapToObj(r -> Draft.of("d").reward("r", r)).toList()));
    }
    var question =
        new PilotQuestion(
            "r",
            EnumSet.of(Method.BEST_OF_N, Method.EARLY_STOP),
            passFail ? Optional.empty() : Optional.of(new Interval(0, 2)),
            passFail ? NONE : OptionalDouble.of(threshold),
            Scope.PROMPTS);
    var targets =
        new Targets(
            byWins ? OptionalDouble.of(wanted) : NONE,
            byWins ? NONE : OptionalDouble.of(wanted),
            NONE,
            NONE);
    Optional<Setting> choice =
        PilotPlanner.plan(
                Questions.of(question).measure(prompts::forEach, Runnable::run, 0),
                new PilotSettings(question, targets, Confidence.DEFAULT))
            .choice()
            .map(option -> option.step().orElseThrow().setting());

    // At a pass early stop is best-of-n, one set of tests; else each method has half the chance.
    double alpha = passFail ? 0.05 : 0.025;
    int[] hashed =
        IntStream.range(0, prompts.size())
            .boxed()
            .sorted(Comparator.comparingLong(j -> prompts.get(j).order()))
            .mapToInt(j -> j)
            .toArray();
    List<Tried> certain = new ArrayList<>();
    for (boolean stops : new boolean[] {false, true}) {
      for (int n = DRAWS - 1; n >= (stops ? 2 : 1); n--) {
        Tried tried = tried(stops, n, threshold, rewards, hashed);
        if (bound(tried, byWins, n, top, alpha) < wanted) {
          break;
        }
        certain.add(tried);
      }
    }
    Optional<Tried> best = certain.stream().min(Comparator.comparingDouble(Tried::draws));
    assertThat(choice).as("%s", targets).isEqualTo(best.map(Tried::setting));
  }

  private static double bound(Tried tried, boolean byWins, int n, int top, double alpha) {
    if (byWins && n == 1) {
      return 0.5;
    }
    double low = byWins ? 0.5 : 0;
    double high = byWins ? n / (n + 1.0) : top;
    double[] scaled =
        Arrays.stream(byWins ? tried.wins() : tried.rewards())
            .map(value -> Math.clamp((value - low) / (high - low), 0, 1))
            .toArray();
    return low + (high - low) * Betting.lower(scaled, alpha);
  }

  /// Runs a setting on every order of every prompt's draws; the one after the last that it may draw
  /// is its opponent.
  private static Tried tried(
      boolean stops, int n, double threshold, List<double[]> prompts, int[] hashed) {
    double draws = 0;
    var rewards = new double[prompts.size()];
    var wins = new double[prompts.size()];
    for (int at = 0; at < hashed.length; at++) {
      double[] drawn = prompts.get(hashed[at]);
      for (int[] order : ORDERS) {
        double best = Double.NEGATIVE_INFINITY;
        int used = 0;
        while (used < n && !(stops && best >= threshold)) {
          best = Math.max(best, drawn[order[used++]]);
        }
        double other = drawn[order[n]];
        double mine = stops ? Math.min(best, threshold) : best;
        double theirs = stops ? Math.min(other, threshold) : other;
        double share = 1.0 / ORDERS.size();
        rewards[at] += best * share;
        wins[at] += (mine > theirs ? 1 : mine == theirs ? 0.5 : 0) * share;
        draws += used * share / prompts.size();
      }
    }
    return new Tried(
        stops ? new Setting.StopAt(n, threshold) : new Setting.BestOfN(n), rewards, wins, draws);
  }
}
