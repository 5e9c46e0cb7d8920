package topdraw.llama;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Draws that wait, and whose turn it is: the requests they belong to take turns, in the order in
/// which they came. A turn is so many draws as go side by side, so that a request of many holds up
/// a request of one no longer than that, and yet its prompt is decoded once for all of a turn.
///
/// @param <R> a request
/// @param <D> a draw
final class Turns<R, D> {
  private final int length;
  private final SequencedMap<R, SequencedSet<D>> lines = new LinkedHashMap<>();

  /// How many draws the first request has had of its turn.
  private int had;

  /// Nobody yet.
  ///
  /// @param length the draws of a turn, at least 1
  Turns(int length) {
    this.length = length;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /// How many draws wait.
  int size() {
    return lines.values().stream().mapToInt(SequencedSet::size).sum();
  }

  /// Puts a draw at the end of its request's line.
  void add(R request, D draw) {
    lines.computeIfAbsent(request, _ -> new LinkedHashSet<>()).add(draw);
  }

  /// Takes a draw out again, where it still waits.
  void remove(R request, D draw) {
    SequencedSet<D> line = lines.get(request);
    if (line == null || !line.remove(draw) || !line.isEmpty()) return;
    if (request.equals(lines.firstEntry().getKey())) had = 0;
    lines.remove(request);
  }

  /// Takes the draw whose turn it is.
  ///
  /// @return the draw; null where none waits
  @Nullable D next() {
    Map.Entry<R, SequencedSet<D>> first = lines.firstEntry();
    if (first == null) return null;
    SequencedSet<D> line = first.getValue();
    D draw = line.removeFirst();
    had++;
    if (line.isEmpty() || had == length) {
      lines.remove(first.getKey());
      if (!line.isEmpty()) lines.put(first.getKey(), line);
      had = 0;
    }
    return draw;
  }
}
