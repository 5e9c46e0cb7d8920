package topdraw.estimate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.confidence.Scope;

/// What best-of-n gives and costs, for every n of a grid at once: what an [Analysis] is of.
///
/// @param reward the reward that selects
/// @param gold a second reward, to see what the selection does to it
/// @param threshold where early stop and rewind-and-repeat accept
/// @param grid the values of n; empty for the default: 1, 2, 3, 4, 6, 8, 12, … as far as at least
///   half of the prompts have as many draws
/// @param protocol how numbers for n are made from N draws
/// @param scope of whom intervals are to speak; empty for what the number of prompts allows
public record AnalysisQuestion(
    String reward,
    Optional<String> gold,
    OptionalDouble threshold,
    List<Integer> grid,
    Protocol protocol,
    Optional<Scope> scope)
    implements Question {
  /// Copies the grid and checks it.
  public AnalysisQuestion {
    grid = sorted(grid);
    if (threshold.isPresent() && !Double.isFinite(threshold.getAsDouble())) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "a threshold is a finite reward, was " + threshold.getAsDouble());
    }
  }

  /// The values of n that somebody asked for.
  ///
  /// @param asked in any order
  /// @return each once, in rising order
  /// @throws InputException if one is below 1
  public static List<Integer> sorted(List<Integer> asked) {
    List<Integer> grid = asked.stream().distinct().sorted().toList();
    if (!grid.isEmpty() && grid.getFirst() < 1) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "n is a number of draws, at least 1, was " + grid.getFirst());
    }
    return grid;
  }

  /// A question whose intervals speak of whom the number of prompts allows.
  ///
  /// @param reward the reward that selects
  /// @param gold a second reward, to see what the selection does to it
  /// @param threshold where early stop and rewind-and-repeat accept
  /// @param grid the values of n; empty for the default
  /// @param protocol how numbers for n are made from N draws
  public AnalysisQuestion(
      String reward,
      Optional<String> gold,
      OptionalDouble threshold,
      List<Integer> grid,
      Protocol protocol) {
    this(reward, gold, threshold, grid, protocol, Optional.empty());
  }

  /// Best-of-n at the default values of n and no more.
  ///
  /// @param reward the reward that selects
  /// @return the question
  public static AnalysisQuestion of(String reward) {
    return new AnalysisQuestion(
        reward, Optional.empty(), OptionalDouble.empty(), List.of(), Protocol.SUBSETS);
  }

  @Override
  public List<String> rewards() {
    return Stream.concat(Stream.of(reward), gold.stream()).toList();
  }

  /// How many draws pass where every reward is 0 or 1, else -1; then the numbers of
  /// rewind-and-repeat, then those of the grid. None at all where no draw has a score.
  @Override
  public double[] measure(PromptView prompt) {
    RankedDraws draws = prompt.ranked(reward);
    if (!draws.scored()) {
      return new double[0];
    }
    PromptAt one = draws.at(1);
    return Stream.of(
            DoubleStream.of(draws.binary() || draws.noneIsANumber() ? draws.passing() : -1),
            rewind().stream().mapToDouble(measure -> measure.reading().of(one)[0]),
            Arrays.stream(curves().numbers(draws, redrawn(prompt))))
        .flatMapToDouble(numbers -> numbers)
        .toArray();
  }

  /// How numbers vary with the drawing is needed where they speak of the recorded prompts alone.
  private Optional<Redrawn> redrawn(PromptView prompt) {
    boolean needed = scope.map(one -> one == Scope.DRAWS).orElseGet(prompt::amongFew);
    return needed && protocol == Protocol.SUBSETS
        ? Optional.of(Redrawn.of(prompt, reward))
        : Optional.empty();
  }

  @Override
  public Optional<Portrait> portrait(PromptView prompt) {
    RankedDraws draws = prompt.ranked(reward);
    return draws.scored()
        ? Optional.of(Portrait.of(prompt.draws(), draws.ranks()))
        : Optional.empty();
  }

  MeasureGrid curves() {
    return new MeasureGrid(Measures.of(this), grid);
  }

  List<Measure> rewind() {
    return threshold.isPresent() ? Measures.ofRewind(threshold.getAsDouble()) : List.of();
  }

  /// Where the numbers of the grid begin.
  int firstOfGrid() {
    return 1 + rewind().size();
  }

  private Object writeReplace() {
    return new Written(
        reward,
        gold.orElse(null),
        threshold.isPresent() ? threshold.getAsDouble() : null,
        grid.toArray(Integer[]::new),
        protocol,
        scope.orElse(null));
  }

  /// What may be absent is null where it is written.
  private record Written(
      String reward,
      @Nullable String gold,
      @Nullable Double threshold,
      Integer[] grid,
      Protocol protocol,
      @Nullable Scope scope)
      implements Serializable {
    private Object readResolve() {
      return new AnalysisQuestion(
          reward,
          Optional.ofNullable(gold),
          threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
          List.of(grid),
          protocol,
          Optional.ofNullable(scope));
    }
  }
}
