package topdraw.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import topdraw.audit.Audit;
import topdraw.audit.Verdict;
import topdraw.audit.Withholds;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.estimate.PromptMean;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.plan.PilotPlan.Option;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

/// Plans from recorded samples: the least setting whose win rate is certified, within the largest
/// whose drift is. Takes the samples prompt by prompt and holds a few numbers per prompt and
/// setting.
///
/// Settings are tested from the safe side in a fixed order. The allowed chance of failing is split
/// evenly over methods and targets, so that everything certified holds at once.
public final class PilotPlanner {
  private static final double CLOSE = 1.05;

  private final PilotSettings settings;
  private final Audit audit;
  private final TreeMap<Method, Ladder> ladders = new TreeMap<>();
  private final PromptMean tokens = new PromptMean();
  private long prompts;
  private long unscored;
  private long samples;

  /// A plan that has seen nothing yet.
  ///
  /// @param settings what is asked
  public PilotPlanner(PilotSettings settings) {
    this.settings = settings;
    audit = new Audit(List.of(settings.reward()));
    settings.methods().forEach(method -> ladders.put(method, Ladder.of(method)));
  }

  /// Adds the samples of one prompt.
  ///
  /// @param prompt its samples
  /// @throws InputException if a reward is outside the stated range
  public void add(PromptDraws prompt) {
    audit.look(prompt);
    if (Arrays.stream(prompt.ranks(settings.reward()))
        .allMatch(rank -> rank == Double.NEGATIVE_INFINITY)) {
      unscored++;
      return;
    }
    settings.rewardRange().ifPresent(range -> check(prompt, range));
    prompts++;
    samples += prompt.draws().size();
    ladders.values().forEach(ladder -> ladder.add(prompt, settings.reward()));
    if (prompt.draws().stream().allMatch(d -> d.length().isPresent())) {
      double mean =
          prompt.draws().stream()
              .map(Draw::length)
              .mapToDouble(t -> t.orElseThrow())
              .average()
              .orElseThrow();
      tokens.add(mean, prompt.draws().size());
    }
  }

  private void check(PromptDraws prompt, Interval range) {
    for (Draw draw : prompt.draws()) {
      double reward = draw.scores().rank(settings.reward());
      if (Double.isFinite(reward) && !(reward >= range.lower() && reward <= range.upper())) {
        throw new InputException(
            Problem.OUT_OF_RANGE,
            "%s: the reward %s is outside the stated range [%s, %s]"
                .formatted(draw.place(), reward, range.lower(), range.upper()));
      }
    }
  }

  /// What was found; asked once, at the end.
  ///
  /// @return the plan from all prompts added so far
  /// @throws InputException if no prompt has a score, one has a single draw, or the audit finds
  ///   that the samples are not independent draws
  public PilotPlan result() {
    List<Verdict> verdicts = audit.verdicts();
    Audit.refusal(verdicts, Withholds.INDEPENDENCE)
        .ifPresent(
            reason -> {
              throw new InputException(
                  Problem.UNSUPPORTED, "these samples support no plan: " + reason);
            });
    if (prompts == 0) {
      throw new InputException(
          Problem.MISSING,
          "no sample has a score of the reward '" + settings.reward() + "'; name another with ",
          Parameter.REWARD);
    }
    boolean drift = Audit.refusal(verdicts, Withholds.LOG_PROBABILITIES).isEmpty();
    Certificate certificate = new Certificate(share(), drift, settings.rewardRange());
    List<Option> options =
        ladders.entrySet().stream()
            .map(e -> option(e.getKey(), e.getValue().rungs(prompts), certificate))
            .toList();
    return new PilotPlan(
        settings, prompts, unscored, samples, verdicts, tokensPerDraw(), options, choice(options));
  }

  /// The chance of failing that each of the bounds may have.
  private double share() {
    Targets targets = settings.targets();
    long tested =
        Stream.of(targets.winRate(), targets.reward(), targets.kl(), targets.draws())
            .filter(target -> target.isPresent())
            .count();
    return (1 - settings.confidence()) / (tested * ladders.size());
  }

  private Optional<Finding> tokensPerDraw() {
    return tokens.prompts() == 0
        ? Optional.empty()
        : Optional.of(
            tokens.finding(
                "tokens_per_draw",
                Role.VALUE,
                "tokens",
                new Interval(0, Double.POSITIVE_INFINITY),
                "pilot"));
  }

  private Option option(Method method, List<Rung.Values> rungs, Certificate certificate) {
    if (rungs.isEmpty()) {
      return new Option(
          method,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(
              method == Method.BEST_OF_N
                  ? "some prompt has a single draw; record at least two for each"
                  : "some prompt has fewer than five draws; thresholds take half of them"),
          Optional.empty());
    }
    Climb climb = Climb.of(rungs, settings.targets(), certificate);
    int at = climb.chosen();
    return new Option(
        method,
        climb.met() ? Optional.of(climb.certified(at)) : Optional.empty(),
        at > 0 ? Optional.of(climb.estimated(at - 1)) : Optional.empty(),
        at < rungs.size() - 1 ? Optional.of(climb.estimated(at + 1)) : Optional.empty(),
        climb.unmet(),
        climb.saturation());
  }

  private Optional<Option> choice(List<Option> options) {
    boolean floor =
        settings.targets().winRate().isPresent() || settings.targets().reward().isPresent();
    ToDoubleFunction<Option> price = floor ? o -> first(o, "kl") : o -> 1 - first(o, "win_rate");
    List<Option> met = options.stream().filter(o -> o.step().isPresent()).toList();
    double least = met.stream().mapToDouble(price).min().orElse(0);
    return met.stream()
        .filter(o -> price.applyAsDouble(o) <= CLOSE * least)
        .min(Comparator.comparingDouble(o -> first(o, "draws")));
  }

  private static double first(Option option, String quantity) {
    return option.step().orElseThrow().findings().stream()
        .filter(f -> f.quantity().equals(quantity))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
