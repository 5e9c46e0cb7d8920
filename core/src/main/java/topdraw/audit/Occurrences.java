package topdraw.audit;

import java.util.ArrayList;
import java.util.List;
import topdraw.draw.Place;

/// Counts what was seen, and keeps where it was seen first.
final class Occurrences {
  private static final int KEPT = 3;

  private final List<String> first = new ArrayList<>();
  private long count;

  void add(Place place) {
    add(place, "");
  }

  /// Adds a place with a remark behind it.
  void add(Place place, String remark) {
    if (count++ < KEPT) {
      first.add(place + remark);
    }
  }

  long count() {
    return count;
  }

  List<String> first() {
    return List.copyOf(first);
  }

  /// `1 sample`, `3 samples`.
  String counted(String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
