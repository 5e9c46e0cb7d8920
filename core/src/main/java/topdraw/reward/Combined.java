package topdraw.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;

/// One reward made of several. Where a part has no score the whole has none.
///
/// @param name the reward's name
/// @param rule how the parts' scores become one
/// @param parts the parts, in order, at least one
record Combined(String name, Rule rule, List<Reward> parts) implements Reward {
  Combined {
    parts = List.copyOf(parts);
  }

  /// How scores become one.
  sealed interface Rule {
    /// The sum of the parts, each times its weight.
    record WeightedSum(List<Double> weights) implements Rule {}

    /// The worst of the parts.
    record Worst() implements Rule {}

    /// `exp` of a part times its weight: above 0, whatever the part.
    record Exponential(double weight) implements Rule {}

    /// The score of one completion.
    default double of(double[] scores) {
      return switch (this) {
        case WeightedSum(List<Double> weights) -> {
          double sum = 0;
          for (int i = 0; i < scores.length; i++) {
            sum += weights.get(i) * scores[i];
          }
          yield sum;
        }
        case Worst() -> Arrays.stream(scores).min().orElseThrow();
        case Exponential(double weight) -> Math.exp(weight * scores[0]);
      };
    }
  }

  @Override
  public RewardIdentity identity() {
    return RewardIdentity.of(
        name, "1", Map.of("rule", rule, "parts", parts.stream().map(Reward::identity).toList()));
  }

  @Override
  public boolean scoresPrefixes() {
    return parts.stream().allMatch(Reward::scoresPrefixes);
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    List<List<Score>> byPart = parts.stream().map(part -> part.score(prompt)).toList();
    List<Score> scores = new ArrayList<>(prompt.draws().size());
    for (int i = 0; i < prompt.draws().size(); i++) {
      scores.add(score(byPart, i));
    }
    return scores;
  }

  private Score score(List<List<Score>> byPart, int completion) {
    double[] values = new double[parts.size()];
    for (int part = 0; part < values.length; part++) {
      switch (byPart.get(part).get(completion)) {
        case Score.Value(double value) -> values[part] = value;
        case Score.Missing(String reason) -> {
          return new Score.Missing(parts.get(part).name() + ": " + reason);
        }
      }
    }
    return Score.of(rule.of(values));
  }

  @Override
  public void close() {
    Optional<RuntimeException> first = Optional.empty();
    for (Reward part : parts) {
      try {
        part.close();
      } catch (RuntimeException e) {
        first = first.or(() -> Optional.of(e));
      }
    }
    first.ifPresent(
        e -> {
          throw e;
        });
  }
}
