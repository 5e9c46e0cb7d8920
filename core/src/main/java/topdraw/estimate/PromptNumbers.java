package topdraw.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import topdraw.theory.confidence.DrawnValue;

/// The reading of one measure at one `n` for each prompt that was asked.
///
/// @param parts its numbers, those of all prompts together: first the values
/// @param draws how many draws each prompt has
record PromptNumbers(List<double[]> parts, int[] draws) {
  double[] values() {
    return parts.getFirst();
  }

  int prompts() {
    return draws.length;
  }

  Column column() {
    return new Column(values(), samples());
  }

  Means.From from() {
    return new Means.From(samples(), prompts());
  }

  long samples() {
    return Arrays.stream(draws).asLongStream().sum();
  }

  double mean() {
    return Arrays.stream(values()).average().orElseThrow();
  }

  /// Whether every one of its numbers is known.
  boolean whole() {
    return parts.stream().flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN);
  }

  /// Whether it is known how the value of each prompt varies with its drawing.
  boolean spread() {
    return parts.size() == 1 + Redrawn.WIDTH && whole();
  }

  /// @param needed how many draws a value is of
  List<DrawnValue> drawn(int needed) {
    return IntStream.range(0, prompts())
        .mapToObj(
            j ->
                new DrawnValue(
                    values()[j],
                    parts.get(1)[j],
                    parts.get(2)[j],
                    Math.max(1, (double) draws[j] / needed)))
        .toList();
  }
}
