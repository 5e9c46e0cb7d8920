package topdraw.bench;

import java.util.List;
import java.util.concurrent.Callable;
import topdraw.cli.BenchProvider;

/// The benches of a checkout, in the order in which help lists them.
public final class Benches implements BenchProvider {
  /// What the service loader makes.
  public Benches() {}

  @Override
  public List<Callable<Integer>> benches() {
    return List.of(
        new EngineBenchCommand(),
        new SamplingBenchCommand(),
        new WeightsBenchCommand(),
        new BlockwiseBenchCommand(),
        new TheoryBenchCommand(),
        new CertificatesBenchCommand(),
        new CoverageBenchCommand(),
        new PilotsBenchCommand(),
        new MethodsBenchCommand(),
        new AnalysisBenchCommand(),
        new ReadersBenchCommand(),
        new ServersBenchCommand(),
        new GatewayBenchCommand());
  }
}
