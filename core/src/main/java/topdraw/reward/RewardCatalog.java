package topdraw.reward;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import topdraw.input.GivenFile;
import topdraw.reference.Judge;

/// Every reward that can be asked for by name, given what rewards may draw on.
public final class RewardCatalog {
  /// The names, each with the place of its argument.
  private static final List<String> NAMES =
      List.of(
          "log-likelihood",
          "negative-length",
          "regex:PATTERN",
          "numeric:ANSWER",
          "json-schema:FILE",
          "similar:TEXT",
          "self-judge[:QUESTION]",
          "process:COMMAND",
          "sum(W*REWARD, …)",
          "min(REWARD, …)");

  /// Bytes of a JSON Schema.
  private static final int LONGEST_SCHEMA = 1 << 20;

  /// Characters of what a reward is asked for by.
  private static final int LONGEST = 100_000;

  /// Sums and minima inside sums and minima.
  private static final int DEEPEST = 50;

  private final Optional<Judge> judge;
  private final Duration processLimit;

  private RewardCatalog(Optional<Judge> judge, Duration processLimit) {
    this.judge = judge;
    this.processLimit = processLimit;
  }

  /// A catalog without a model: `self-judge` is refused.
  ///
  /// @return the catalog
  public static RewardCatalog withoutModel() {
    return new RewardCatalog(Optional.empty(), ProcessReward.LIMIT);
  }

  /// A catalog whose `self-judge` asks a model.
  ///
  /// @param judge the model; stays the caller's to close, after the rewards
  /// @return the catalog
  public static RewardCatalog with(Judge judge) {
    return new RewardCatalog(Optional.of(judge), ProcessReward.LIMIT);
  }

  /// This catalog with another time limit for one call of a `process` reward.
  ///
  /// @param limit the limit, above 0
  /// @return the catalog
  public RewardCatalog withProcessLimit(Duration limit) {
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("a time limit is above 0, was " + limit);
    }
    return new RewardCatalog(judge, limit);
  }

  /// The names that [#open] takes.
  ///
  /// @return each name, with the place of its argument
  public static List<String> names() {
    return NAMES;
  }

  /// Opens a reward.
  ///
  /// @param spec `name` or `name:argument`, as in `regex:^Paris`, or `sum(…)` or `min(…)` of such
  /// @return the reward; the caller closes it
  /// @throws IllegalArgumentException if there is none of that name, or its argument is wrong
  public Reward open(String spec) {
    if (spec.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a reward is at most %,d characters long, was %,d".formatted(LONGEST, spec.length()));
    }
    return open(spec, 0);
  }

  private Reward open(String spec, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "sums and minima nest at most " + DEEPEST + " deep in a reward");
    }
    Optional<Combination> combination = Combination.of(spec);
    if (combination.isPresent()) {
      return combined(spec.strip(), combination.get(), depth);
    }
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    Optional<String> argument =
        colon < 0 ? Optional.empty() : Optional.of(spec.substring(colon + 1));
    return switch (name) {
      case "log-likelihood" -> withoutArgument(name, argument, Rewards.logLikelihood());
      case "negative-length" -> withoutArgument(name, argument, Rewards.negativeLength());
      case "regex" -> Rewards.regularExpression(required(name, argument, "regex:^Paris"));
      case "numeric" -> Rewards.numericAnswer(required(name, argument, "numeric:42"));
      case "json-schema" -> jsonSchema(spec, required(name, argument, "json-schema:answer.json"));
      case "self-judge" -> selfJudge(spec, argument);
      case "process" ->
          ProcessReward.of(
              spec, required(name, argument, "process:python3 score.py"), processLimit);
      default -> provided(spec, name, argument);
    };
  }

  /// Opens several rewards, or none.
  ///
  /// @param specs what was asked for, as in [#open]
  /// @return the rewards, in that order; the caller closes them
  /// @throws IllegalArgumentException if one cannot be opened; the others are closed then
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
    List<Reward> parts =
        openAll(
            combination.parts().stream().map(Combination.Part::reward).toList(),
            part -> open(part, depth + 1));
    Combined.Rule rule =
        combination.rule().equals("min")
            ? new Combined.Rule.Worst()
            : new Combined.Rule.WeightedSum(
                combination.parts().stream().map(Combination.Part::weight).toList());
    return new Combined(spec, rule, parts);
  }

  private Reward selfJudge(String spec, Optional<String> question) {
    Judge asked =
        judge.orElseThrow(
            () -> new IllegalArgumentException("self-judge needs a model, and none is open here"));
    return new SelfJudge(
        spec, asked, question.filter(text -> !text.isBlank()).orElse(SelfJudge.QUESTION));
  }

  private static Reward jsonSchema(String spec, String file) {
    String text;
    try {
      text = GivenFile.text(Path.of(file), LONGEST_SCHEMA);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "json-schema: cannot read " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("json-schema: " + e.getMessage(), e);
    }
    try {
      return JsonSchema.of(spec, text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("json-schema: " + file + ": " + e.getMessage(), e);
    }
  }

  private static Reward provided(String spec, String name, Optional<String> argument) {
    for (RewardProvider provider : ServiceLoader.load(RewardProvider.class)) {
      if (provider.name().equals(name)) {
        return provider.open(required(name, argument, name + ":TEXT"));
      }
    }
    if (name.equals("similar")) {
      throw new IllegalArgumentException(
          "similar needs the module topdraw-neural on the class path; ./topdraw adds it where similar:"
              + "TEXT stands after --reward or in TOPDRAW_REWARD, not in a settings file");
    }
    throw new IllegalArgumentException(
        "no reward is called \"" + spec + "\"; there are " + String.join(", ", NAMES));
  }

  private static Reward withoutArgument(String name, Optional<String> argument, Reward reward) {
    if (argument.isPresent()) {
      throw new IllegalArgumentException(
          name + " takes no argument, was given \"" + argument.get() + "\"; write just " + name);
    }
    return reward;
  }

  private static String required(String name, Optional<String> argument, String example) {
    return argument
        .filter(text -> !text.isEmpty())
        .orElseThrow(
            () -> new IllegalArgumentException(name + " needs an argument, as in " + example));
  }
}
