package topdraw.cli;

import java.util.List;
import java.util.concurrent.Callable;

/// Offers measurements for `topdraw bench`: found on the class path by the service loader, so that
/// the program which is published carries none.
public interface BenchProvider {

  /// What is offered.
  ///
  /// @return picocli commands, in the order in which help lists them
  List<? extends Callable<Integer>> benches();
}
