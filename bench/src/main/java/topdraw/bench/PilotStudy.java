package topdraw.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.estimate.Questions;
import topdraw.plan.Method;
import topdraw.plan.PilotPlan;
import topdraw.plan.PilotPlanner;
import topdraw.plan.PilotQuestion;
import topdraw.plan.PilotSettings;
import topdraw.plan.Setting;
import topdraw.plan.Targets;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Interval;

/// How often plans from recorded samples promise, and how often what they promise is false: pilots
/// simulated where the truth is known, planned by [PilotPlanner] as a person's would be.
final class PilotStudy {
  private static final String REWARD = "reward";

  private PilotStudy() {}

  /// Pilots of one sort.
  ///
  /// @param name what is hard about them
  /// @param kinds the kinds of prompt, equally likely
  /// @param prompts how many prompts a pilot has
  /// @param draws how many draws of each
  /// @param range where rewards are said to lie
  /// @param targets what is asked
  /// @param scope of whom
  public record Case(
      String name,
      List<RewardLaw> kinds,
      int prompts,
      int draws,
      Optional<Interval> range,
      Targets targets,
      Scope scope) {
    /// Copies the kinds.
    public Case {
      kinds = List.copyOf(kinds);
    }
  }

  /// What became of the pilots of one case.
  ///
  /// @param asked the case
  /// @param pilots how many were planned
  /// @param promised how many got a guarantee
  /// @param broken how many guarantees the truth breaks
  public record Row(Case asked, int pilots, int promised, int broken) {
    /// The share of pilots with a guarantee that is false.
    ///
    /// @return in `[0, 1]`
    public double brokenShare() {
      return (double) broken / pilots;
    }

    /// Where the chance of a false guarantee lies, with confidence 95 % (Clopper and Pearson).
    ///
    /// @return within `[0, 1]`
    public Interval limits() {
      return new Interval(
          ReferenceIntervals.clopperPearsonLower(broken, pilots, 0.025),
          ReferenceIntervals.clopperPearsonUpper(broken, pilots, 0.025));
    }
  }

  /// Rare success, ties, few prompts, heavy tails, files sorted by outcome; for whom the plan
  /// speaks.
  ///
  /// @return the cases
  public static List<Case> cases() {
    Optional<Interval> none = Optional.empty();
    List<RewardLaw> spread = new ArrayList<>();
    for (double rate : new double[] {0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 0.5, 0.9}) {
      spread.add(RewardLaw.passing(rate, 200));
    }
    List<RewardLaw> twoPoint = new ArrayList<>(Collections.nCopies(3, RewardLaw.passing(0.5, 2)));
    twoPoint.addAll(Collections.nCopies(2, RewardLaw.passing(0, 2)));
    List<RewardLaw> stars =
        List.of(
            new RewardLaw(1, 2, 2, 3, 3, 3, 4, 4, 4, 5),
            new RewardLaw(1, 1, 1, 2, 2, 3),
            new RewardLaw(3, 4, 4, 5, 5, 5));
    RewardLaw heavy = RewardLaw.of(u -> Math.pow(1 - u, -0.7), 1000);
    var unique = new RewardLaw(IntStream.range(0, 1000).mapToDouble(i -> i).toArray());
    List<Case> cases = new ArrayList<>();
    for (Scope scope : List.of(Scope.DRAWS, Scope.PROMPTS)) {
      for (int rate : new int[] {2, 5, 10, 100}) {
        cases.add(
            new Case(
                "one prompt, rate " + rate / 1000.0,
                List.of(RewardLaw.passing(rate / 1000.0, 1000)),
                1,
                600,
                none,
                reward(0.5),
                scope));
      }
      cases.add(new Case("three prompts", spread, 3, 128, none, reward(0.4), scope));
      cases.add(new Case("spread rates", spread, 60, 32, none, reward(0.6), scope));
      cases.add(new Case("two points, sorted", twoPoint, 200, 16, none, reward(0.55), scope));
      cases.add(
          new Case(
              "five stars", stars, 60, 16, Optional.of(new Interval(1, 5)), reward(3.9), scope));
      cases.add(new Case("heavy tail, no range", List.of(heavy), 60, 16, none, reward(4), scope));
      cases.add(
          new Case(
              "win rate, no ties",
              List.of(unique),
              60,
              32,
              none,
              new Targets(OptionalDouble.of(0.745), empty(), empty(), empty()),
              scope));
    }
    return cases;
  }

  private static OptionalDouble empty() {
    return OptionalDouble.empty();
  }

  private static Targets reward(double wanted) {
    return new Targets(empty(), OptionalDouble.of(wanted), empty(), empty());
  }

  /// Plans pilots of one case.
  ///
  /// @param asked the case
  /// @param pilots how many
  /// @param confidence of the guarantees
  /// @param seed the same seed gives the same row
  /// @return what became of them
  public static Row run(Case asked, int pilots, Confidence confidence, long seed) {
    List<Boolean> kept =
        IntStream.range(0, pilots)
            .parallel()
            .mapToObj(t -> trial(asked, confidence, new SplittableRandom(31 * seed + t)))
            .flatMap(Optional::stream)
            .toList();
    int broken = (int) kept.stream().filter(keeps -> !keeps).count();
    return new Row(asked, pilots, kept.size(), broken);
  }

  private record Simulated(RewardLaw kind, double[] rewards) {}

  /// Whether the promise is kept; empty where none is made.
  private static Optional<Boolean> trial(
      Case asked, Confidence confidence, SplittableRandom random) {
    List<Simulated> prompts =
        IntStream.range(0, asked.prompts())
            .mapToObj(
                _ -> {
                  RewardLaw kind = asked.kinds().get(random.nextInt(asked.kinds().size()));
                  return new Simulated(kind, kind.draw(random, asked.draws()));
                })
            .sorted(
                Comparator.comparingDouble((Simulated one) -> -Arrays.stream(one.rewards()).sum()))
            .toList();
    long salt = random.nextLong();
    List<PromptDraws> file =
        IntStream.range(0, prompts.size())
            .mapToObj(j -> draws("prompt " + j + " of " + salt, prompts.get(j).rewards()))
            .toList();
    Set<Method> methods =
        asked.range().isEmpty()
            ? EnumSet.of(Method.BEST_OF_N, Method.EARLY_STOP)
            : EnumSet.of(Method.BEST_OF_N);
    var question =
        new PilotQuestion(REWARD, methods, asked.range(), OptionalDouble.empty(), asked.scope());
    PilotPlan plan =
        PilotPlanner.plan(
            Questions.of(question).measure(file::forEach, Runnable::run, 0),
            new PilotSettings(question, asked.targets(), confidence));
    List<RewardLaw> truth =
        asked.scope() == Scope.DRAWS
            ? prompts.stream().map(Simulated::kind).toList()
            : asked.kinds();
    List<Boolean> kept =
        plan.options().stream()
            .flatMap(option -> option.step().stream())
            .filter(step -> !(step.setting() instanceof Setting.EarlyStop))
            .map(step -> keeps(asked.targets(), step.setting(), truth))
            .toList();
    return kept.isEmpty() ? Optional.empty() : Optional.of(!kept.contains(false));
  }

  /// Early stop at a pass is best-of-n itself.
  private static boolean keeps(Targets targets, Setting setting, List<RewardLaw> truth) {
    long n =
        switch (setting) {
          case Setting.BestOfN(long draws) -> draws;
          case Setting.StopAt(long cap, _) -> cap;
          case Setting.EarlyStop _, Setting.RewindAndRepeat _, Setting.BestOfPoisson _ ->
              throw new IllegalArgumentException("of " + setting + " the truth is not known");
        };
    double reward = truth.stream().mapToDouble(kind -> kind.reward(n)).average().orElseThrow();
    double wins = truth.stream().mapToDouble(kind -> kind.winRate(n)).average().orElseThrow();
    return reward >= targets.reward().orElse(Double.NEGATIVE_INFINITY)
        && wins >= targets.winRate().orElse(0);
  }

  private static PromptDraws draws(String key, double[] rewards) {
    return new PromptDraws(
        key,
        Optional.empty(),
        IntStream.range(0, rewards.length)
            .mapToObj(
                i ->
                    Draw.of(
                            i,
                            "draw " + i,
                            Tokens.unknown(),
                            LogProbability.missing(),
                            FinishReason.NOT_RECORDED)
                        .withScores(
                            new Scores(List.of(REWARD), List.of(new Score.Value(rewards[i])))))
            .toList());
  }
}
