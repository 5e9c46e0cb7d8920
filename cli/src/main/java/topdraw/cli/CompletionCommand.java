package topdraw.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Prints a script that makes a shell complete commands and options.",
      "",
      "For every new shell: put the line of the example into ~/.bashrc, or with zsh into ~/.zshrc. Where"
          + " topdraw is not on the PATH, say ./topdraw there; it is completed too."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: source <(topdraw completion bash)"})
final class CompletionCommand implements Runnable {
  /// Both read the same script: in zsh it turns on bash's way of completing.
  private enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.BASH;

  @Override
  public void run() {
    CommandSpec root = spec.root();
    PrintWriter out = spec.commandLine().getOut();
    out.println("# source <(" + spec.qualifiedName() + " " + shell + ")");
    out.println(AutoComplete.bash(root.name(), root.commandLine()).stripTrailing());
    // As the launcher is called in its own folder, where it is on nobody's PATH.
    out.println("complete -F _complete_%s -o default ./%<s".formatted(root.name()));
    out.flush();
  }
}
