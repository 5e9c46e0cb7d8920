package topdraw.cli;

import java.util.ArrayList;
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
            PlanQuantities.all(),
            TradeoffQuantities.all())
        .flatMap(List::stream)
        .forEach(quantity -> byName.put(quantity.name(), quantity));
  }

  List<Quantity> all() {
    return new ArrayList<>(byName.values());
  }

  Quantity named(String name) {
    Quantity quantity = byName.get(name);
    if (quantity == null) {
      throw new IllegalArgumentException(
          "unknown quantity \""
              + name
              + "\"; near it: "
              + String.join(", ", Spelling.near(name, byName.keySet()))
              + "; topdraw compute --list shows all");
    }
    return quantity;
  }
}
