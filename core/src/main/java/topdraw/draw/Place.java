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

  /// The file, without the line or row in it: of `a.jsonl:12[3]` it is `a.jsonl`.
  ///
  /// @return the words before the number of a line
  public String file() {
    if (row.isPresent()) {
      return words;
    }
    int end = words.length();
    if (words.endsWith("]") && words.lastIndexOf('[') > 0) {
      end = words.lastIndexOf('[');
    }
    int digits = end;
    while (digits > 0 && Character.isDigit(words.charAt(digits - 1))) {
      digits--;
    }
    String before = words.substring(0, digits);
    return digits == end
        ? words
        : before.endsWith(":")
            ? words.substring(0, digits - 1)
            : before.endsWith(" row ") ? words.substring(0, digits - " row ".length()) : words;
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
