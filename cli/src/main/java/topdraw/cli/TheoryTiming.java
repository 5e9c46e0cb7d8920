package topdraw.cli;

import topdraw.theory.Law;
import topdraw.theory.OutcomeTable;
import topdraw.theory.Selection;

/// One round of the theory benchmark: how long it took and what came out.
record TheoryTiming(double seconds, double kl, double winRate) {
  /// From the array of log-probabilities to both numbers, in Java.
  static TheoryTiming ofJava(double[] logP, int n) {
    long started = System.nanoTime();
    Law law = Law.of(new Selection.BestOfN(n), OutcomeTable.ofLogProbabilities(logP));
    double kl = law.kl();
    double winRate = law.winRate();
    return new TheoryTiming((System.nanoTime() - started) / 1e9, kl, winRate);
  }
}
