package topdraw.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = "Measurements side by side, in one run: medians and ratios.",
    subcommands = {
      EngineBenchCommand.class,
      BlockwiseBenchCommand.class,
      TheoryBenchCommand.class,
      CertificatesBenchCommand.class,
      PilotsBenchCommand.class,
      AnalysisBenchCommand.class
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench theory"})
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
