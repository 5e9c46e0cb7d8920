package topdraw.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The same law computed in Java and by peers, in turns: Java before each peer, so that a ratio is
/// of two rounds next to each other. What a peer says must be what Java says.
///
/// @param logP the table's log-probabilities, worst outcome first
/// @param n draws
/// @param rounds that count, at least 1
record TheoryBench(double[] logP, int n, int rounds) {
  static final int WARM_UP = 10;

  private static final double TOLERANCE = 1e-12;

  /// One side's rounds that count, and the rounds of Java next to them.
  ///
  /// @param name with its version
  /// @param timings of the side
  /// @param java of Java, before each; empty for Java itself
  record Side(String name, List<TheoryTiming> timings, List<TheoryTiming> java) {
    /// Copies the lists.
    Side {
      timings = List.copyOf(timings);
      java = List.copyOf(java);
    }

    /// Seconds of a round.
    double median() {
      return Median.of(timings, TheoryTiming::seconds);
    }

    /// Its time over Java's.
    PairedRatio ratio() {
      return PairedRatio.of(seconds(timings), seconds(java));
    }

    /// How far the last numbers are apart, relative where they are above 1.
    double difference() {
      TheoryTiming theirs = timings.getLast();
      TheoryTiming ours = java.getLast();
      return Math.max(apart(theirs.kl(), ours.kl()), apart(theirs.winRate(), ours.winRate()));
    }

    private static double apart(double there, double here) {
      return Math.abs(there - here) / Math.max(1, Math.abs(here));
    }

    private static List<Double> seconds(List<TheoryTiming> timings) {
      return timings.stream().map(TheoryTiming::seconds).toList();
    }
  }

  /// Measures, after some rounds to warm up.
  ///
  /// @param peers which have the same table; without any, Java runs alone
  /// @return Java, with all of its rounds, and a side each peer
  /// @throws IOException if a peer fails, or says something else than Java
  List<Side> measure(List<PythonPeer> peers) throws IOException {
    List<TheoryTiming> all = new ArrayList<>();
    List<List<TheoryTiming>> java = new ArrayList<>();
    List<List<TheoryTiming>> theirs = new ArrayList<>();
    for (PythonPeer _ : peers) {
      java.add(new ArrayList<>());
      theirs.add(new ArrayList<>());
    }
    for (int round = 0; round < WARM_UP + rounds; round++) {
      boolean counts = round >= WARM_UP;
      for (int i = 0; i < Math.max(1, peers.size()); i++) {
        TheoryTiming own = TheoryTiming.round(() -> TheoryTiming.ofJava(logP, n));
        if (counts) all.add(own);
        if (peers.isEmpty()) continue;
        PythonPeer peer = peers.get(i);
        TheoryTiming its = TheoryTiming.round(() -> TheoryTiming.of(peer));
        if (!counts) continue;
        java.get(i).add(own);
        theirs.get(i).add(its);
      }
    }
    List<Side> sides = new ArrayList<>(List.of(new Side("java", all, List.of())));
    for (int i = 0; i < peers.size(); i++) {
      Side side = new Side(peers.get(i).name(), theirs.get(i), java.get(i));
      if (!(side.difference() <= TOLERANCE)) {
        throw new IOException(
            "%s and topdraw differ by %.1e, more than %.0e"
                .formatted(side.name(), side.difference(), TOLERANCE));
      }
      sides.add(side);
    }
    return sides;
  }
}
