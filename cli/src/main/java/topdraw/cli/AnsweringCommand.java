package topdraw.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import topdraw.draw.MissingScores;
import topdraw.json.Json;
import topdraw.words.MissingScoresWords;

/// A command that answers on standard output, and says everything else on standard error.
abstract class AnsweringCommand implements Callable<Integer> {
  /// The exit code of what finished without all of it.
  static final int INCOMPLETE = 3;

  /// The exit code of an answer that is not the one hoped for.
  static final int UNMET = 4;

  @Spec private CommandSpec spec;

  /// Where answers go.
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /// Where everything else goes, which `--quiet` silences.
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /// The whole program.
  final CommandSpec root() {
    return spec.root();
  }

  /// The program's own standard error, which `--quiet` leaves alone.
  final PrintWriter errors() {
    return root().commandLine().getErr();
  }

  /// Prints the answer: a document of JSON where that was asked for, else lines.
  final void answer(boolean json, Supplier<?> document, Supplier<List<String>> lines) {
    if (json) {
      out().println(Json.line(document.get()));
    } else {
      lines.get().forEach(out()::println);
    }
  }

  /// Says which scores are missing.
  ///
  /// @return the exit code: 0 where every score is there, 3 where some are missing, 1 where all are
  final int missing(MissingScores scores) {
    MissingScoresWords.sentences(scores).forEach(err()::println);
    return scores.all() ? 1 : scores.any() ? INCOMPLETE : 0;
  }
}
