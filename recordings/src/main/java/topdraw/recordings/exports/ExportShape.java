package topdraw.recordings.exports;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topdraw.draw.PromptDraws;

/// What an export makes of the samples of one prompt: rows of named values.
public interface ExportShape {

  /// How rows are made, in a sentence.
  ///
  /// @return such as `the best of all draws of a prompt by reward`
  String rule();

  /// The rows of one prompt.
  ///
  /// @param prompt its samples
  /// @return its rows, and what was left out
  Rows rows(PromptDraws prompt);

  /// The rows of one prompt.
  ///
  /// @param rows each row's values by column, in the order written
  /// @param leftOut how many things were left out, by what they are and why
  record Rows(List<Map<String, @Nullable Object>> rows, Map<String, Integer> leftOut) {
    /// Rows of which nothing was left out.
    static Rows of(List<Map<String, @Nullable Object>> rows) {
      return new Rows(rows, Map.of());
    }

    /// A prompt without a row.
    static Rows none(String why) {
      return new Rows(List.of(), Map.of(why, 1));
    }
  }
}
