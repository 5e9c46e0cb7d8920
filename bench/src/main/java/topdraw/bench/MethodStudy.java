package topdraw.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.estimate.Column;
import topdraw.estimate.Questions;
import topdraw.plan.Method;
import topdraw.plan.PilotPlan;
import topdraw.plan.PilotPlanner;
import topdraw.plan.PilotQuestion;
import topdraw.plan.PilotSettings;
import topdraw.plan.Setting;
import topdraw.plan.Targets;
import topdraw.selection.RejectionRule;
import topdraw.theory.bound.EarlyStopping;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.RatioInterval;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.pool.Pool;

/// What each method draws to do as well as best-of-16, replayed on recorded draws: its settings are
/// chosen on the first half of every prompt's draws, and measured on the second.
final class MethodStudy {
  /// Draws of the best-of-n that the others are to reach.
  static final int N = 16;

  /// Early stop by the planner.
  static final String PLANNED = "planned early stop";

  private static final String REWARD = "reward";
  private static final double SPARE = 1.1;

  /// Replays of each prompt by which one of many settings is chosen: with few the luckiest is.
  private static final int CHOOSING = 20;

  private static final Estimator SUBSETS =
      new Estimator("pool", "average over all subsets of the recorded draws");
  private static final Estimator REPLAY = new Estimator("replay", "replayed on recorded draws");
  private static final Estimator ANY_RULE =
      new Estimator("textbook_kl_of_count", "any rule that returns one of so many, Theorem 7");
  private static final Estimator CAPPED =
      new Estimator(
          "textbook_kl_of_cap", "Theorem 3.1 at the cap: early stop is best-of-n clipped");
  private static final Estimator LEVELS =
      new Estimator("kl_from_levels", "from equal rewards, almost without bias");

  private final MethodPools chosenOn;
  private final MethodPools measured;
  private final Confidence confidence;
  private final int replays;
  private final long seed;
  private final double wanted;
  private final List<Spending> plain;

  /// @param pools what methods are replayed on
  /// @param confidence of intervals
  /// @param replays rounds of each prompt, where a method is no formula
  /// @param seed shuffles
  MethodStudy(MethodPools pools, Confidence confidence, int replays, long seed) {
    int half = pools.draws() / 2;
    chosenOn = pools.part(0, half);
    measured = pools.part(half, pools.draws());
    this.confidence = confidence;
    this.replays = replays;
    this.seed = seed;
    wanted = mean(plainOf(chosenOn), Spending::rate);
    plain = plainOf(measured);
  }

  private List<Spending> plainOf(MethodPools pools) {
    return pools.prompts().stream()
        .map(prompt -> Spending.plain(prompt, pools.passFail(), N))
        .toList();
  }

  private static double mean(List<Spending> spent, ToDoubleFunction<Spending> of) {
    return spent.stream().mapToDouble(of).average().orElseThrow();
  }

  private boolean reaches(List<Spending> spent) {
    return mean(spent, Spending::rate) >= wanted - 1e-12;
  }

  /// The rows, plain best-of-n first.
  List<MethodRow> rows() {
    List<MethodRow> rows = new ArrayList<>();
    rows.add(plainRow());
    rows.add(stopRow("early stop", earlyStop()));
    planned().ifPresent(stop -> rows.add(stopRow(PLANNED, stop)));
    rows.add(rejectionRow(rejection()));
    rows.add(budgetRow());
    return rows;
  }

  private MethodRow plainRow() {
    return row(
        "best-of-n",
        "n = " + N,
        true,
        plain,
        ofSubsets(plain, N),
        theorem(N, KlBounds.TEXTBOOK),
        Optional.of(drift(N, _ -> Double.POSITIVE_INFINITY)));
  }

  // Early stop

  /// Early stop whose cap and threshold are settled.
  ///
  /// @param setting what it is
  /// @param reached whether it does as well as best-of-16 where it was chosen
  /// @param said what the planner says of it; empty for nothing
  record Stop(Setting setting, boolean reached, String said) {
    String words() {
      String words =
          switch (setting) {
            case Setting.StopAt(long cap, double threshold) ->
                "at most %d, stop at %s".formatted(cap, Double.toString(threshold));
            case Setting.EarlyStop(long cap, double share) ->
                String.format(Locale.ROOT, "at most %d, stop in the top %.1f %%", cap, 100 * share);
            case Setting.BestOfN _, Setting.RewindAndRepeat _, Setting.BestOfPoisson _ ->
                throw new IllegalStateException(setting + " is no early stop");
          };
      return said.isEmpty() ? words : words + ", " + said;
    }
  }

  /// Where the highest reward is known, stopping at it is best-of-n itself. Else the setting that
  /// theory names for the win rate of the least n that reaches it, its threshold a quantile of the
  /// draws before.
  Stop earlyStop() {
    if (measured.top().isPresent()) {
      return new Stop(new Setting.StopAt(N, measured.top().getAsDouble()), true, "");
    }
    int half = chosenOn.draws() / 2;
    for (int n = N; ; n++) {
      int cap = (int) Math.ceil(SPARE * n - 1e-9);
      var setting = new Setting.EarlyStop(cap, EarlyStopping.passRate(cap, n / (n + 1.0)));
      List<Spending> spent =
          stopped(chosenOn.part(half, chosenOn.draws()), chosenOn.part(0, half), setting);
      if (reaches(spent) || cap + 2 >= chosenOn.draws() - half) {
        return new Stop(setting, reaches(spent), "");
      }
    }
  }

  /// What the planner makes of the first half: certified, else what seems right.
  Optional<Stop> planned() {
    Targets targets =
        chosenOn.passFail()
            ? new Targets(
                OptionalDouble.empty(),
                OptionalDouble.of(wanted),
                OptionalDouble.empty(),
                OptionalDouble.empty())
            : new Targets(
                OptionalDouble.of(wanted),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    PilotQuestion question =
        new PilotQuestion(
            REWARD,
            Set.of(Method.EARLY_STOP),
            Optional.empty(),
            OptionalDouble.empty(),
            chosenOn.passFail() && chosenOn.prompts().size() < Scope.FEWEST_PROMPTS
                ? Scope.DRAWS
                : Scope.PROMPTS);
    List<PromptDraws> pilot =
        IntStream.range(0, chosenOn.prompts().size())
            .mapToObj(j -> recorded(j, chosenOn.prompts().get(j).rewards()))
            .toList();
    PilotPlan.Option option =
        PilotPlanner.plan(
                Questions.of(question).measure(pilot::forEach, Runnable::run, 0),
                new PilotSettings(question, targets, confidence))
            .options()
            .getFirst();
    return option
        .step()
        .map(step -> new Stop(recorded(step.setting()), true, "certified"))
        .or(
            () ->
                option
                    .guess()
                    .map(guess -> new Stop(recorded(guess.step().setting()), true, "guessed")));
  }

  /// The setting with no larger a cap than recorded draws can say something of.
  private Setting recorded(Setting setting) {
    long most = measured.draws() - 1L;
    return switch (setting) {
      case Setting.StopAt(long cap, double threshold) ->
          new Setting.StopAt(Math.min(most, cap), threshold);
      case Setting.EarlyStop(long cap, double share) ->
          new Setting.EarlyStop(Math.min(most, cap), share);
      case Setting.BestOfN _, Setting.RewindAndRepeat _, Setting.BestOfPoisson _ ->
          throw new IllegalArgumentException(setting + " is no early stop");
    };
  }

  private static PromptDraws recorded(int prompt, double[] rewards) {
    return new PromptDraws(
        "prompt " + prompt,
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

  private static List<Spending> stopped(MethodPools pools, MethodPools before, Setting setting) {
    return IntStream.range(0, pools.prompts().size())
        .mapToObj(
            j ->
                Spending.earlyStop(
                    pools.prompts().get(j),
                    pools.passFail(),
                    threshold(setting, before.prompts().get(j)),
                    cap(setting)))
        .toList();
  }

  /// How many draws a setting makes at most.
  static int cap(Setting setting) {
    return switch (setting) {
      case Setting.StopAt(long cap, _) -> (int) cap;
      case Setting.EarlyStop(long cap, _) -> (int) cap;
      case Setting.BestOfN _, Setting.RewindAndRepeat _, Setting.BestOfPoisson _ ->
          throw new IllegalArgumentException(setting + " is no early stop");
    };
  }

  /// At what reward it stops, told by a share of draws made before.
  private static double threshold(Setting setting, ScoredBeginnings before) {
    OutcomeTable table = OutcomeTable.of(new double[before.size()], before.rewards());
    return switch (setting.at(table)) {
      case Selection.EarlyStop(double _, double threshold) -> threshold;
      case Selection other -> throw new IllegalArgumentException(other + " is no early stop");
    };
  }

  private MethodRow stopRow(String method, Stop stop) {
    List<Spending> spent = stopped(measured, chosenOn, stop.setting());
    int cap = cap(stop.setting());
    return row(
        method,
        stop.words(),
        stop.reached(),
        spent,
        ofSubsets(spent, cap),
        theorem(cap, CAPPED),
        Optional.of(drift(cap, j -> threshold(stop.setting(), chosenOn.prompts().get(j)))));
  }

  // Rejection

  /// How many are begun, and which are given up.
  ///
  /// @param n completions begun
  /// @param rule when, and which
  /// @param reached whether it does as well as best-of-16 where it was chosen
  record Rejecting(int n, RejectionRule rule, boolean reached) {
    String words() {
      return "n = %d, at %s keep %s"
          .formatted(
              n,
              String.join(" and ", rule.checkpoints().stream().map(String::valueOf).toList()),
              Double.toString(rule.keep()));
    }
  }

  /// The setting with the fewest tokens that reaches best-of-16; if none does, the one nearest.
  Rejecting rejection() {
    record Tried(Rejecting setting, double rate, double tokens) {}
    List<Tried> tried = new ArrayList<>();
    for (int n : List.of(16, 20, 24, 28, 32, 40, 48, 64)) {
      if (n > chosenOn.draws() - Math.max(2, chosenOn.draws() / 8)) {
        break;
      }
      for (double keep : new double[] {0.25, 0.5, 0.75}) {
        for (List<Integer> checkpoints : checkpoints()) {
          var rule = new RejectionRule(checkpoints, keep);
          List<Spending> spent = rejected(chosenOn, n, rule, CHOOSING);
          tried.add(
              new Tried(
                  new Rejecting(n, rule, reaches(spent)),
                  mean(spent, Spending::rate),
                  mean(spent, Spending::tokens)));
        }
      }
    }
    return tried.stream()
        .filter(one -> one.setting().reached())
        .min(Comparator.comparingDouble(Tried::tokens))
        .or(() -> tried.stream().max(Comparator.comparingDouble(Tried::rate)))
        .orElseThrow()
        .setting();
  }

  /// One checkpoint, two that follow each other, or all.
  private List<List<Integer>> checkpoints() {
    List<Integer> all = List.copyOf(chosenOn.prompts().getFirst().beginnings().keySet());
    List<List<Integer>> sets = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      sets.add(List.of(all.get(i)));
      if (i > 0) {
        sets.add(List.of(all.get(i - 1), all.get(i)));
      }
    }
    if (all.size() > 2) {
      sets.add(all);
    }
    return sets;
  }

  private List<Spending> rejected(MethodPools pools, int n, RejectionRule rule, int rounds) {
    var random = new SplittableRandom(seed);
    return pools.prompts().stream()
        .map(
            prompt -> Spending.rejection(prompt, pools.passFail(), n, rule, rounds, random.split()))
        .toList();
  }

  private MethodRow rejectionRow(Rejecting setting) {
    List<Spending> spent = rejected(measured, setting.n(), setting.rule(), replays);
    return row(
        "prefix-scored rejection",
        setting.words(),
        setting.reached(),
        spent,
        ofReplays(spent),
        theorem(setting.n(), ANY_RULE),
        Optional.empty());
  }

  // A budget across prompts

  private MethodRow budgetRow() {
    // In halves of a draw: more draws reach no less.
    int few = 2;
    int enough = 2 * Math.min(2 * N, Spending.mostOfBudget(chosenOn.draws()));
    boolean reached = reaches(budgeted(chosenOn, enough / 2.0, CHOOSING));
    while (reached && enough - few > 1) {
      int middle = (few + enough) / 2;
      if (reaches(budgeted(chosenOn, middle / 2.0, CHOOSING))) {
        enough = middle;
      } else {
        few = middle;
      }
    }
    double budget = enough / 2.0;
    List<Spending> spent = budgeted(measured, budget, replays);
    return row(
        "budget across prompts",
        "two stages, %s a prompt".formatted(Double.toString(budget)),
        reached,
        spent,
        ofReplays(spent),
        theorem(Spending.mostOfBudget(measured.draws()), ANY_RULE),
        Optional.empty());
  }

  private List<Spending> budgeted(MethodPools pools, double budget, int rounds) {
    return Spending.budget(
        pools.prompts(), pools.passFail(), budget, rounds, new SplittableRandom(seed));
  }

  // What is said of each

  private MethodRow row(
      String method,
      String setting,
      boolean reached,
      List<Spending> spent,
      Finding rate,
      Finding klAtMost,
      Optional<Finding> kl) {
    double[] tokens = spent.stream().mapToDouble(Spending::tokens).toArray();
    double[] ofPlain = plain.stream().mapToDouble(Spending::tokens).toArray();
    return new MethodRow(
        method,
        setting,
        reached,
        rate,
        difference(spent),
        column(spent, Spending::draws)
            .mean(Quantity.DRAWS, Role.VALUE, Quantity.DRAWS.range(), rate.source(), confidence),
        column(spent, Spending::tokens)
            .mean(Quantity.TOKENS, Role.VALUE, Quantity.TOKENS.range(), rate.source(), confidence),
        RatioInterval.overPrompts(tokens, ofPlain, confidence.alpha()),
        klAtMost,
        kl);
  }

  private MethodRow.Difference difference(List<Spending> spent) {
    double[] differences =
        IntStream.range(0, spent.size())
            .mapToDouble(j -> spent.get(j).rate() - plain.get(j).rate())
            .toArray();
    boolean same = Arrays.stream(differences).allMatch(d -> Math.abs(d) < 1e-12);
    return same
        ? new MethodRow.Difference(0, Optional.empty()) // the same policy, drawn otherwise
        : new MethodRow.Difference(
            Arrays.stream(differences).average().orElseThrow(),
            interval(overPrompts().ofValues(differences, Optional.of(new Range(-1, 1)))));
  }

  private MeanIntervals overPrompts() {
    return new MeanIntervals(Scope.PROMPTS, confidence.alpha());
  }

  private static Optional<Interval> interval(MeanInterval of) {
    return of instanceof MeanInterval.Found found
        ? Optional.of(found.interval())
        : Optional.empty();
  }

  private long samples() {
    return (long) measured.draws() * measured.prompts().size();
  }

  private Column column(List<Spending> spent, ToDoubleFunction<Spending> of) {
    return new Column(spent.stream().mapToDouble(of).toArray(), samples());
  }

  private Quantity rate() {
    return measured.passFail() ? Quantity.PASS_AT_K : Quantity.WIN_RATE;
  }

  private Finding ofReplays(List<Spending> spent) {
    return column(spent, Spending::rate)
        .mean(rate(), Role.VALUE, rate().range(), REPLAY, confidence);
  }

  /// Of passes the interval knows what a pass is.
  private Finding ofSubsets(List<Spending> spent, int n) {
    if (!measured.passFail()) {
      var proven = new Interval(0, WinRateBounds.analytical(n));
      return column(spent, Spending::rate).mean(rate(), Role.VALUE, proven, SUBSETS, confidence);
    }
    int[] draws = measured.prompts().stream().mapToInt(ScoredBeginnings::size).toArray();
    int[] passes =
        measured.prompts().stream()
            .mapToInt(prompt -> (int) Arrays.stream(prompt.rewards()).sum())
            .toArray();
    return estimate(
        rate(),
        mean(spent, Spending::rate),
        interval(
            new MeanIntervals(Scope.of(draws.length), confidence.alpha())
                .ofSuccesses(new SuccessStatistic.AnyOf(n), passes, draws)),
        SUBSETS);
  }

  private Finding estimate(
      Quantity quantity, double value, Optional<Interval> interval, Estimator source) {
    int prompts = measured.prompts().size();
    List<String> assumptions = List.of(Scope.of(prompts).assumption(prompts));
    return interval
        .map(
            limits ->
                Finding.estimate(
                        quantity,
                        Role.VALUE,
                        value,
                        new Interval(
                            Math.min(value, limits.lower()), Math.max(value, limits.upper())),
                        confidence,
                        samples(),
                        source,
                        assumptions)
                    .overPrompts(prompts))
        .orElseGet(
            () ->
                new Finding(
                    quantity,
                    Role.VALUE,
                    value,
                    Evidence.ESTIMATE,
                    OptionalDouble.empty(),
                    Optional.empty(),
                    OptionalLong.of(samples()),
                    OptionalLong.of(prompts),
                    source,
                    assumptions));
  }

  private static Finding theorem(int n, Estimator source) {
    return Finding.theorem(
        Quantity.KL, Role.UPPER_BOUND, KlBounds.analytical(n), source, List.of());
  }

  /// The mean over prompts of the drift of best-of-n whose rewards are cut at a threshold, from how
  /// often rewards are equal. The mean is cut at what is proven, not the values of prompts.
  private Finding drift(int n, IntToDoubleFunction threshold) {
    double[] each =
        IntStream.range(0, measured.prompts().size())
            .mapToDouble(
                j ->
                    Pool.ofRewards(measured.prompts().get(j).rewards())
                        .clippedAt(threshold.applyAsDouble(j))
                        .klFromLevels()
                        .estimate(n))
            .toArray();
    double most = KlBounds.analytical(n);
    return estimate(
        Quantity.KL,
        Math.clamp(Arrays.stream(each).average().orElseThrow(), 0, most),
        interval(overPrompts().ofValues(each, Optional.empty()))
            .map(
                limits ->
                    new Interval(
                        Math.clamp(limits.lower(), 0, most), Math.clamp(limits.upper(), 0, most))),
        LEVELS);
  }
}
