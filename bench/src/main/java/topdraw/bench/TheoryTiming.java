package topdraw.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// One round of the theory benchmark: how long it took and what came out.
record TheoryTiming(double seconds, double kl, double winRate) {
  private static final int RUNS = 3;

  @FunctionalInterface
  interface Run {
    TheoryTiming time() throws IOException;
  }

  /// The median of a few runs in a row, so that a side does not pay for what the other left in the
  /// caches, nor for a core that fell asleep.
  static TheoryTiming round(Run run) throws IOException {
    List<TheoryTiming> runs = new ArrayList<>();
    for (int r = 0; r < RUNS; r++) {
      runs.add(run.time());
    }
    runs.sort(Comparator.comparingDouble(TheoryTiming::seconds));
    return runs.get(RUNS / 2);
  }

  /// From the array of log-probabilities to both numbers, in Java.
  static TheoryTiming ofJava(double[] logP, int n) {
    long started = System.nanoTime();
    Law law = Law.of(new Selection.BestOfN(n), OutcomeTable.ofLogProbabilities(logP));
    double kl = law.kl();
    double winRate = law.winRate();
    return new TheoryTiming((System.nanoTime() - started) / 1e9, kl, winRate);
  }

  /// One run of the script, timed on the other side.
  static TheoryTiming of(PythonPeer peer) throws IOException {
    double[] numbers = peer.ask();
    return new TheoryTiming(numbers[0], numbers[1], numbers[2]);
  }
}
