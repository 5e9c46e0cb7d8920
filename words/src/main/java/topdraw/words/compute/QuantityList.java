package topdraw.words.compute;

import java.util.List;
import topdraw.json.Json;
import topdraw.theory.quantity.Quantities;

/// The quantities that [ComputeLine] answers, with their inputs; `a|b` takes one of the two.
public final class QuantityList {
  private QuantityList() {}

  /// For a person.
  ///
  /// @return a line a quantity
  public static List<String> lines() {
    return Quantities.all().stream()
        .map(q -> "%-32s %-30s %s".formatted(q.name(), q.inputs(), q.meaning()))
        .toList();
  }

  /// For a program.
  ///
  /// @return a JSON object a quantity
  public static List<String> json() {
    return Quantities.all().stream()
        .map(
            q ->
                Json.line(
                    Json.mapper()
                        .createObjectNode()
                        .put("quantity", q.name())
                        .put("inputs", q.inputs())
                        .put("meaning", q.meaning())))
        .toList();
  }
}
