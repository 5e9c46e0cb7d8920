package topdraw.recordings;

import java.util.List;

/// Rows that could not be read.
///
/// @param count how many
/// @param first the first of them: file, line and what is wrong
public record BadRows(long count, List<String> first) {
  /// How many are named.
  public static final int NAMED = 5;

  /// Copies the list.
  public BadRows {
    first = List.copyOf(first);
  }
}
