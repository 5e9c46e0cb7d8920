package topdraw.draw;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values of which few are different, each kept once.
final class WordColumn<T> {
  private final List<T> different = new ArrayList<>();
  private final Map<T, Integer> known = new HashMap<>();
  private final NumberColumn which = new NumberColumn();

  void add(T value) {
    @Nullable Integer number = known.get(value);
    if (number == null) {
      number = different.size();
      different.add(value);
      known.put(value, number);
    }
    which.add(number);
  }

  /// The one value that all have, if they have one.
  Optional<T> only() {
    return different.size() == 1 ? Optional.of(different.getFirst()) : Optional.empty();
  }

  T get(int i) {
    return different.get((int) which.get(i));
  }
}
