package topdraw.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// Sides that draw the same work, in turns: before and after each peer runs one of ours, and a
/// ratio is of two runs next to each other, so that a machine that slows down slows both.
///
/// @param work what all draw
/// @param ours at least one
/// @param peers any number
/// @param progress is told each run in a line
record SamplingBench(
    SamplingWork work,
    List<SamplingSide> ours,
    List<SamplingSide> peers,
    Consumer<String> progress) {
  /// Copies the lists.
  SamplingBench {
    ours = List.copyOf(ours);
    peers = List.copyOf(peers);
  }

  /// What a side did.
  ///
  /// @param name what drew
  /// @param way what it does otherwise
  /// @param tokensPerSecond median over its runs, each from the question to the last token
  /// @param ratios of ours to it, one for each of ours that ran next to it; empty for ours
  record Row(String name, String way, double tokensPerSecond, List<Ratio> ratios) {
    /// Copies the list.
    Row {
      ratios = List.copyOf(ratios);
    }
  }

  /// How much faster one of ours is than a peer.
  ///
  /// @param of which of ours
  /// @param median of ours over the peer's, over all pairs of runs next to each other
  /// @param least of them
  /// @param most of them
  record Ratio(String of, double median, double least, double most) {}

  private record Pair(SamplingSide ours, SamplingSide peer) {}

  /// Measures, after one round to warm up.
  ///
  /// @param rounds that count, at least 1
  /// @return a row a side, ours first
  /// @throws IOException if a side fails
  List<Row> measure(int rounds) throws IOException {
    Map<SamplingSide, List<Double>> rates = new LinkedHashMap<>();
    Map<Pair, List<Double>> ratios = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      if (round == 1) {
        rates.clear();
        ratios.clear();
      }
      round(round, rates, ratios);
    }
    List<Row> rows = new ArrayList<>();
    for (SamplingSide side : ours) rows.add(row(side, rates, List.of()));
    for (SamplingSide side : peers) {
      List<Ratio> found = new ArrayList<>();
      for (SamplingSide own : ours) {
        List<Double> each = ratios.getOrDefault(new Pair(own, side), List.of());
        if (!each.isEmpty()) {
          found.add(
              new Ratio(
                  own.name(),
                  Median.of(each, ratio -> ratio),
                  Collections.min(each),
                  Collections.max(each)));
        }
      }
      rows.add(row(side, rates, found));
    }
    return rows;
  }

  private static Row row(
      SamplingSide side, Map<SamplingSide, List<Double>> rates, List<Ratio> ratios) {
    return new Row(
        side.name(),
        side.way(),
        Median.of(rates.getOrDefault(side, List.of()), rate -> rate),
        ratios);
  }

  /// Ours, a peer, ours, the next peer, ours and so on; with two of ours each peer has one before
  /// it and the other after it, in the next round the other way round.
  private void round(
      int round, Map<SamplingSide, List<Double>> rates, Map<Pair, List<Double>> ratios)
      throws IOException {
    double last = 0;
    int turns = Math.max(ours.size(), peers.size() + 1);
    for (int turn = 0; turn < turns; turn++) {
      SamplingSide own = ours.get((round + turn) % ours.size());
      double rate = run(round, own, rates);
      if (0 < turn && turn <= peers.size()) pair(ratios, own, peers.get(turn - 1), rate / last);
      if (turn < peers.size()) {
        last = run(round, peers.get(turn), rates);
        pair(ratios, own, peers.get(turn), rate / last);
      }
    }
  }

  private static void pair(
      Map<Pair, List<Double>> ratios, SamplingSide own, SamplingSide peer, double ratio) {
    ratios.computeIfAbsent(new Pair(own, peer), _ -> new ArrayList<>()).add(ratio);
  }

  private double run(int round, SamplingSide side, Map<SamplingSide, List<Double>> rates)
      throws IOException {
    double rate = work.drawn() / side.turn().seconds();
    rates.computeIfAbsent(side, _ -> new ArrayList<>()).add(rate);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s, %s: %.1f tokens/s",
            round == 0 ? "to warm up" : "round " + round,
            side.name(),
            rate));
    return rate;
  }
}
