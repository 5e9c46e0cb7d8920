package topdraw.estimate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The portraits of the first prompts by position, as many as are ever shown.
final class Portraits implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MOST = 1_000;

  private final TreeMap<Long, Portrait> byPosition = new TreeMap<>();

  void add(long position, @Nullable Portrait portrait) {
    if (portrait != null && (byPosition.size() < MOST || position < byPosition.lastKey())) {
      byPosition.put(position, portrait);
      if (byPosition.size() > MOST) {
        byPosition.pollLastEntry();
      }
    }
  }

  void addAll(Portraits others) {
    others.byPosition.forEach(this::add);
  }

  /// The portraits by the rank of their prompts.
  ///
  /// @param positions of all prompts, in rising order
  SortedMap<Integer, Portrait> among(long[] positions) {
    var byRank = new TreeMap<Integer, Portrait>();
    byPosition.forEach(
        (position, portrait) -> byRank.put(Arrays.binarySearch(positions, position), portrait));
    return byRank;
  }
}
