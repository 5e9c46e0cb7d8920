package topdraw.recordings.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// What is to be scored, and where the scores go: beside the samples of a run of ours, or with
/// files of others into a new table.
///
/// @param inputs a run's folder alone, or files
/// @param output the table; empty for a run
public record ScoreRequest(List<String> inputs, Optional<Path> output) {
  /// Copies the list, and refuses what has no place or two.
  ///
  /// @throws InputException if a run is to go into a table, or files into none
  public ScoreRequest {
    inputs = List.copyOf(inputs);
    boolean run = run(inputs, output).isPresent();
    if (run && output.isPresent()) {
      throw new InputException(
          Problem.CONFLICT,
          "the scores of a run go beside its samples; leave ",
          Parameter.OUTPUT,
          " out, or name its " + RunFiles.SAMPLES);
    }
    if (!run && output.isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          "say with ",
          Parameter.OUTPUT,
          " where the samples go with their scores, as in ",
          Parameter.OUTPUT,
          " scored.jsonl");
    }
  }

  /// The run, where one was named; what is no file and goes into no table is taken for one.
  ///
  /// @return its folder; empty where files go into a table
  public Optional<Path> run() {
    return run(inputs, output);
  }

  private static Optional<Path> run(List<String> inputs, Optional<Path> output) {
    Path only = Path.of(inputs.getFirst());
    boolean named = RunFiles.isRun(only) || (output.isEmpty() && !Files.isRegularFile(only));
    return inputs.size() == 1 && named ? Optional.of(only) : Optional.empty();
  }
}
