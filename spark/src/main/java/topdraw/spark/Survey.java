package topdraw.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import topdraw.recordings.imports.ScatteredCounts;
import topdraw.recordings.imports.ScatteredRows;

/// What was seen of some rows, beside their samples. What is known of all does not depend on which
/// were seen together.
final class Survey implements Serializable {
  private static final long serialVersionUID = 1;

  private final ScatteredCounts counts = new ScatteredCounts();
  private final HashMap<String, First> rewards = new HashMap<>();
  private final TreeMap<Integer, Long> events = new TreeMap<>();

  /// Where a reward has its first value.
  private record First(long row, int item, int among) implements Serializable, Comparable<First> {
    @Override
    public int compareTo(First other) {
      int rows = Long.compare(row, other.row);
      int items = rows == 0 ? Integer.compare(item, other.item) : rows;
      return items == 0 ? Integer.compare(among, other.among) : items;
    }

    First earlier(First other) {
      return compareTo(other) <= 0 ? this : other;
    }
  }

  void add(int file, long row, String place, ScatteredRows.Read read) {
    counts.add(row, place, read);
    if (read instanceof ScatteredRows.Read.Event) {
      events.merge(file, 1L, Long::sum);
    } else if (read instanceof ScatteredRows.Read.Samples samples) {
      for (int item = 0; item < samples.draws().size(); item++) {
        List<String> names = samples.draws().get(item).rewards();
        for (int r = 0; r < names.size(); r++) {
          if (!rewards.containsKey(names.get(r))) {
            rewards.put(names.get(r), new First(row, item, r));
          }
        }
      }
    }
  }

  void add(Survey other) {
    counts.add(other.counts);
    other.rewards.forEach((name, first) -> rewards.merge(name, first, First::earlier));
    other.events.forEach((file, count) -> events.merge(file, count, Long::sum));
  }

  ScatteredCounts counts() {
    return counts;
  }

  /// The rewards in the order of their first values.
  Set<String> rewards() {
    Set<String> names = new LinkedHashSet<>();
    rewards.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(entry -> names.add(entry.getKey()));
    return names;
  }

  /// How many rows of a file are events beside the samples.
  Map<Integer, Long> events() {
    return Map.copyOf(events);
  }
}
