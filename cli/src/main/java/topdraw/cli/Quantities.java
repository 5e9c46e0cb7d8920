package topdraw.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every quantity that `topdraw compute` knows, by its name. Each topic lists its own.
final class Quantities {
  private final Map<String, Quantity> byName = new LinkedHashMap<>();

  Quantities() {
    Stream.of(
            FormulaQuantities.all(),
            LawQuantities.all(),
            BoundQuantities.all(),
            RewindQuantities.all(),
            EarlyStopQuantities.all(),
            PoolQuantities.all(),
            IntervalQuantities.all(),
            SelectionQuantities.all(),
            PlanQuantities.all())
        .flatMap(List::stream)
        .forEach(quantity -> byName.put(quantity.name(), quantity));
  }

  List<Quantity> all() {
    return new ArrayList<>(byName.values());
  }

  boolean knows(String name) {
    return byName.containsKey(name);
  }

  Quantity named(String name) {
    Quantity quantity = byName.get(name);
    if (quantity == null) {
      throw new IllegalArgumentException(
          "unknown quantity \""
              + name
              + "\"; near it: "
              + String.join(", ", near(name))
              + "; topdraw compute --list shows all");
    }
    return quantity;
  }

  private List<String> near(String name) {
    return byName.keySet().stream()
        .sorted(Comparator.comparingInt(known -> edits(name, known)))
        .limit(3)
        .toList();
  }

  /// The fewest letters to add, drop or change that make one word the other.
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
