package topdraw.cli;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import topdraw.input.Alternatives;

/// A command or an option that there is not, and what may have been meant.
final class Misspelling {
  private Misspelling() {}

  /// What is said of it; nothing if the error is another.
  static Optional<String> explained(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return Optional.of(explained(unmatched));
    }
    // The command that help was asked about.
    return Optional.ofNullable(e.getValue())
        .filter(_ -> message(e).startsWith("Unknown subcommand"))
        .map(asked -> unknown(asked, e.getCommandLine().getSubcommands().keySet()));
  }

  private static String message(ParameterException e) {
    return String.valueOf(e.getMessage());
  }

  private static String explained(UnmatchedArgumentException e) {
    CommandLine command = e.getCommandLine();
    String complaint = message(e);
    String first = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().getFirst();
    if (e.isUnknownOption()) {
      List<String> options =
          command.getCommandSpec().options().stream()
              .filter(option -> !option.hidden())
              .map(OptionSpec::longestName)
              .toList();
      return complaint + meant(first.replaceFirst("=.*", ""), options);
    }
    Collection<String> commands = command.getSubcommands().keySet();
    return commands.isEmpty() ? complaint : unknown(first, commands);
  }

  private static String unknown(String command, Collection<String> known) {
    return "no command '" + command + "'" + meant(command, known);
  }

  private static String meant(String word, Collection<String> known) {
    Optional<String> near = Alternatives.nearest(word, known);
    return near.map(name -> "; did you mean " + name + "?").orElse("");
  }
}
