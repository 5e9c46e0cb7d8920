package topdraw.cli;

import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import topdraw.input.InputException;
import topdraw.input.Problem;

@Command(
    name = BenchCommand.NAME,
    description = "Measurements side by side, in one run: medians and ratios.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench theory"})
final class BenchCommand implements Runnable {
  static final String NAME = "bench";

  @Spec private CommandSpec spec;

  /// Adds the benches that the class path offers.
  static void addOffered(CommandLine program) {
    CommandLine bench = Objects.requireNonNull(program.getSubcommands().get(NAME));
    for (BenchProvider provider : ServiceLoader.load(BenchProvider.class)) {
      for (Callable<Integer> offered : provider.benches()) {
        bench.addSubcommand(offered);
      }
    }
  }

  @Override
  public void run() {
    if (spec.subcommands().isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          "no benches come with this program; they are part of its sources: run ./topdraw bench in a"
              + " checkout");
    }
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
