package topdraw.reward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import topdraw.input.Alternatives;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.provider.Asked;
import topdraw.provider.Offers;
import topdraw.provider.Surroundings;
import topdraw.reference.Judge;

/// Every reward that can be asked for by name: what the class path offers ([RewardProvider]), alone
/// or combined, given what rewards may use.
public final class RewardCatalog {
  /// Listed where the module that offers them is not there.
  private static final List<String> NEURAL = List.of("similar:TEXT", "civil");

  private static final List<String> COMBINATIONS =
      List.of(
          "sum(W*REWARD, …)",
          "min(REWARD, …)",
          "exp(W*REWARD)",
          "majority(ANSWER, REWARD)",
          "steps(HOW, REWARD)");

  /// Characters of what a reward is asked for by.
  private static final int LONGEST = 100_000;

  /// Sums and minima inside sums and minima.
  private static final int DEEPEST = 50;

  private final Offers<Reward, RewardContext> offers = Offers.of(RewardProvider.class);
  private final RewardContext context;

  private RewardCatalog(RewardContext context) {
    this.context = context;
  }

  /// A catalog whose rewards may use what is given to them.
  ///
  /// @param context what rewards may use
  /// @return the catalog
  public static RewardCatalog of(RewardContext context) {
    return new RewardCatalog(context);
  }

  /// A catalog without a model: `self-judge` is refused.
  ///
  /// @return the catalog
  public static RewardCatalog withoutModel() {
    return of(context(Optional.empty()));
  }

  /// A catalog whose `self-judge` asks a model.
  ///
  /// @param judge the model; stays the caller's to close, after the rewards
  /// @return the catalog
  public static RewardCatalog with(Judge judge) {
    return of(context(Optional.of(judge)));
  }

  private static RewardContext context(Optional<Judge> judge) {
    return new RewardContext(
        judge.map(model -> () -> model), ProcessReward.LIMIT, Surroundings.of(System.getenv()));
  }

  /// This catalog with another time limit for one call of a `process` reward.
  ///
  /// @param limit the limit, above 0
  /// @return the catalog
  public RewardCatalog withProcessLimit(Duration limit) {
    return of(new RewardContext(context.model(), limit, context.surroundings(), context.files()));
  }

  /// How rewards are asked for here.
  ///
  /// @return each name, with the place of its argument
  public List<String> names() {
    List<String> names = new ArrayList<>(offers.forms());
    NEURAL.stream().filter(form -> !names.contains(form)).forEach(names::add);
    names.addAll(COMBINATIONS);
    return names;
  }

  /// Opens a reward.
  ///
  /// @param spec `name` or `name:argument`, as in `regex:^Paris`, or `sum(…)` or `min(…)` of such
  /// @return the reward; the caller closes it
  /// @throws InputException if there is none of that name, or its argument is wrong
  public Reward open(String spec) {
    if (spec.length() > LONGEST) {
      throw new InputException(
          Problem.TOO_LARGE,
          "a reward is at most %,d characters long, was %,d".formatted(LONGEST, spec.length()));
    }
    return open(spec, 0);
  }

  private Reward open(String spec, int depth) {
    if (depth > DEEPEST) {
      throw new InputException(
          Problem.TOO_LARGE, "sums and minima nest at most " + DEEPEST + " deep in a reward");
    }
    Optional<Combination> combination = Combination.of(spec);
    if (combination.isPresent()) {
      return combined(spec.strip(), combination.get(), depth);
    }
    Asked asked = Asked.of(spec);
    try {
      return offers.open(asked, context).orElseThrow(() -> unknown(asked));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Opens several rewards, or none.
  ///
  /// @param specs what was asked for, as in [#open]
  /// @return the rewards, in that order; the caller closes them
  /// @throws InputException if one cannot be opened; the others are closed then
  public List<Reward> openAll(List<String> specs) {
    return openAll(specs, this::open);
  }

  private static List<Reward> openAll(List<String> specs, Function<String, Reward> open) {
    List<Reward> rewards = new ArrayList<>();
    try {
      specs.forEach(spec -> rewards.add(open.apply(spec)));
      return List.copyOf(rewards);
    } catch (RuntimeException e) {
      rewards.forEach(Reward::close);
      throw e;
    }
  }

  private Reward combined(String spec, Combination combination, int depth) {
    if (combination.rule().equals("majority")) {
      AnswerExtraction answer = AnswerExtraction.of(combination.parts().getFirst().reward());
      Reward weight = uncompared(open(combination.parts().getLast().reward(), depth + 1), spec);
      return new Majority(spec, answer, Optional.of(weight));
    }
    if (combination.rule().equals("steps")) {
      StepAggregate rule = StepAggregate.of(combination.parts().getFirst().reward());
      Reward steps = open(combination.parts().getLast().reward(), depth + 1);
      if (steps instanceof StepReward each) {
        return new AggregatedSteps(spec, rule, each);
      }
      steps.close();
      throw new InputException(
          Problem.UNSUPPORTED, steps.name() + " scores no steps, was in " + spec);
    }
    List<Reward> parts =
        openAll(
            combination.parts().stream().map(Combination.Part::reward).toList(),
            part -> uncompared(open(part, depth + 1), spec));
    List<Double> weights = combination.parts().stream().map(Combination.Part::weight).toList();
    Combined.Rule rule =
        switch (combination.rule()) {
          case "min" -> new Combined.Rule.Worst();
          case "exp" -> new Combined.Rule.Exponential(weights.getFirst());
          default -> new Combined.Rule.WeightedSum(weights);
        };
    return new Combined(spec, rule, parts);
  }

  private static Reward uncompared(Reward part, String spec) {
    if (part.comparesDraws()) {
      part.close();
      throw new InputException(
          Problem.CONFLICT,
          part.name()
              + " compares the draws of a round and can be no part of another reward, was in "
              + spec);
    }
    return part;
  }

  private InputException unknown(Asked asked) {
    Optional<String> neural =
        NEURAL.stream().filter(form -> Asked.of(form).name().equals(asked.name())).findFirst();
    if (neural.isPresent()) {
      if (Asked.of(neural.get()).argument().isPresent()) asked.required(neural.get());
      return new InputException(
          Problem.MISSING,
          asked.name()
              + " needs the module topdraw-neural on the class path; ./topdraw adds it where "
              + neural.get()
              + " stands after ",
          Parameter.REWARD,
          " or in TOPDRAW_REWARD, not in a settings file");
    }
    return new InputException(
        Problem.UNKNOWN,
        "no reward is called \""
            + asked.spec()
            + "\""
            + Alternatives.nearest(
                    asked.name(), names().stream().map(form -> Asked.of(form).name()).toList())
                .map(near -> "; did you mean " + near + "? There are ")
                .orElse("; there are ")
            + String.join(", ", names()));
  }
}
