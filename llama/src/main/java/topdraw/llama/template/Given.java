package topdraw.llama.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values that a template is rendered with, copied from plain Java ones.
final class Given {
  private final Budget budget;

  Given(Budget budget) {
    this.budget = budget;
  }

  /// @throws IllegalArgumentException for anything but null, strings, numbers, booleans, and lists
  ///   and maps of those
  Value of(@Nullable Object value) {
    return switch (value) {
      case null -> Value.None.NONE;
      case String text -> new Value.Text(text);
      case Boolean truth -> Value.of(truth);
      case Integer whole -> new Value.Whole(whole);
      case Long whole -> new Value.Whole(whole);
      case BigInteger whole -> new Value.Whole(whole.longValueExact());
      case Double decimal -> new Value.Decimal(decimal);
      case List<?> items -> {
        List<Value> values = new ArrayList<>();
        for (Object item : items) values.add(of(item));
        yield Value.Sequence.list(values, budget);
      }
      case Map<?, ?> map -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        map.forEach((key, entry) -> entries.put(new Value.Text((String) key), of(entry)));
        yield Value.Mapping.of(entries, budget);
      }
      default ->
          throw new IllegalArgumentException(
              "a template is given no " + value.getClass().getName());
    };
  }
}
