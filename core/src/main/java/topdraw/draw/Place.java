package topdraw.draw;

import java.util.OptionalLong;

/// Where a sample stands, for a person; put together only when it is printed, because of millions
/// of samples few are ever named.
///
/// @param words the file and what else leads to the place
/// @param row the number that ends them, where there is one
public record Place(String words, OptionalLong row) {
  /// A place that words say in full.
  ///
  /// @param words such as `answers.jsonl:12`
  /// @return the place
  public static Place of(String words) {
    return new Place(words, OptionalLong.empty());
  }

  /// A row of a table.
  ///
  /// @param file the table
  /// @param row counted from 1
  /// @return the place
  public static Place row(String file, long row) {
    return new Place(file, OptionalLong.of(row));
  }

  /// Equal is what reads the same.
  @Override
  public boolean equals(Object other) {
    return other instanceof Place place && toString().equals(place.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return row.isPresent() ? words + " row " + row.getAsLong() : words;
  }
}
