package topdraw.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints `docs/help.md`; a test compares the two.
@Command(
    name = "help-page",
    description = "Prints the help of all commands as one Markdown page.",
    mixinStandardHelpOptions = true,
    hidden = true,
    footer = {"", "Example: topdraw help-page > docs/help.md"})
final class HelpPageCommand implements Runnable {
  private static final int WIDTH = 100;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(page(spec.root()));
    spec.commandLine().getOut().flush();
  }

  static String page(CommandSpec root) {
    StringBuilder page =
        new StringBuilder(
            "# Help\n\nMade by `./topdraw help-page > docs/help.md`; a test holds the two"
                + " together.\n");
    Configuration.commands(root)
        .filter(command -> !command.usageMessage().hidden())
        .filter(command -> !command.name().equals("help"))
        .forEach(command -> section(page, command));
    return page.toString();
  }

  private static void section(StringBuilder page, CommandSpec command) {
    page.append("\n## ").append(command.qualifiedName()).append("\n\n");
    CommandLine commandLine = command.commandLine();
    boolean auto = commandLine.isUsageHelpAutoWidth();
    int width = commandLine.getUsageHelpWidth();
    commandLine.setUsageHelpAutoWidth(false).setUsageHelpWidth(WIDTH);
    commandLine.getUsageMessage(Ansi.OFF).lines().forEach(line -> line(page, line));
    commandLine.setUsageHelpWidth(width).setUsageHelpAutoWidth(auto);
  }

  private static void line(StringBuilder page, String line) {
    page.append(line.isBlank() ? "" : "    " + line.stripTrailing()).append('\n');
  }
}
