package topdraw.audit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import topdraw.draw.Place;

/// Counts what was seen, and keeps where it was seen first: in the order of the prompts, whatever
/// the order in which they were looked at.
final class Occurrences implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int KEPT = 3;

  private ArrayList<Sighting> first = new ArrayList<>(0);
  private long count;

  /// @param position where its prompt stands among the others
  /// @param place where it is, in words
  private record Sighting(long position, String place) implements Serializable {}

  void add(long position, Place place) {
    add(position, place, "");
  }

  /// Adds a place with a remark behind it. Of one prompt they come in the order of its draws.
  void add(long position, Place place, String remark) {
    count++;
    if (first.size() < KEPT || position < first.getLast().position()) {
      keep(List.of(new Sighting(position, place + remark)));
    }
  }

  /// Takes in what was seen in other prompts.
  void merge(Occurrences others) {
    count += others.count;
    if (!others.first.isEmpty()) {
      keep(others.first);
    }
  }

  private void keep(List<Sighting> more) {
    first.addAll(more);
    first.sort(Comparator.comparingLong(Sighting::position));
    if (first.size() > KEPT) {
      first = new ArrayList<>(first.subList(0, KEPT));
    }
  }

  long count() {
    return count;
  }

  List<String> first() {
    return first.stream().map(Sighting::place).toList();
  }

  /// `1 sample`, `3 samples`.
  String counted(String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
