package topdraw.advice;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Score;
import topdraw.estimate.PromptView;
import topdraw.estimate.Question;

/// The scores themselves, draw by draw: what all [Advice] is made from.
///
/// @param reward the reward that selects
/// @param gold the reward that counts
public record ScoredDraws(String reward, Optional<String> gold) implements Question {
  @Override
  public List<String> rewards() {
    return Stream.concat(Stream.of(reward), gold.stream()).toList();
  }

  /// A score of each draw in the order drawn, then a gold score of each. None at all where no draw
  /// has a score.
  @Override
  public double[] measure(PromptView prompt) {
    double[] rewards = prompt.draws().ranks(reward);
    if (Arrays.stream(rewards).allMatch(Double::isInfinite)) {
      return new double[0];
    }
    DoubleStream golds =
        gold.stream()
            .flatMapToDouble(
                name ->
                    prompt.draws().draws().stream()
                        .mapToDouble(
                            draw ->
                                draw.scores().of(name) instanceof Score.Value(double value)
                                    ? value
                                    : Double.NaN));
    return DoubleStream.concat(Arrays.stream(rewards), golds).toArray();
  }

  private Object writeReplace() {
    return new Written(reward, gold.orElse(null));
  }

  /// What may be absent is null where it is written.
  private record Written(String reward, @Nullable String gold) implements Serializable {
    private Object readResolve() {
      return new ScoredDraws(reward, Optional.ofNullable(gold));
    }
  }
}
