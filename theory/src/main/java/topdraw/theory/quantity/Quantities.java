package topdraw.theory.quantity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every quantity of the paper and beyond it by its name, each computed from named inputs. Each
/// topic lists its own.
public final class Quantities {
  private static final Map<String, NamedQuantity> BY_NAME = new LinkedHashMap<>();

  static {
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
        .forEach(quantity -> BY_NAME.put(quantity.name(), quantity));
  }

  private Quantities() {}

  /// All of them.
  ///
  /// @return the quantities, topic after topic
  public static List<NamedQuantity> all() {
    return List.copyOf(BY_NAME.values());
  }

  /// The quantity of a name.
  ///
  /// @param name such as `kl_bound`
  /// @return the quantity; empty if there is none
  public static Optional<NamedQuantity> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
