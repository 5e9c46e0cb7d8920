package topdraw.cli;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;
import topdraw.input.Alternatives;

/// A command or an option that there is not, and what may have been meant.
final class Misspelling {
  private Misspelling() {}

  static String explained(UnmatchedArgumentException e) {
    CommandLine command = e.getCommandLine();
    String complaint = String.valueOf(e.getMessage());
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
    return commands.isEmpty() ? complaint : "no command '" + first + "'" + meant(first, commands);
  }

  private static String meant(String word, Collection<String> known) {
    Optional<String> near = Alternatives.nearest(word, known);
    return near.map(name -> "; did you mean " + name + "?").orElse("");
  }
}
