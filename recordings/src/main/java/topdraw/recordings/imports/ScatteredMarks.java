package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// Asks the first prompts what columns are that nobody knows: whether they tell questions apart, or
/// policies, or are notes.
public final class ScatteredMarks {
  /// How many prompts are asked.
  public static final int PROMPTS = Splits.PROMPTS;

  private final List<String> columns;
  private final List<Splits> splits;
  private final List<PartDraw> parts = new ArrayList<>();

  /// Nothing is known yet.
  ///
  /// @param columns [ScatteredRows#marks] of all files
  public ScatteredMarks(List<String> columns) {
    this.columns = List.copyOf(columns);
    splits = columns.stream().map(Splits::new).toList();
  }

  /// Adds a draw of the prompt that is looked at.
  ///
  /// @param sample its bytes, of [ScatteredRows.Sample]
  /// @param marked its marks; null where it has none
  public void add(byte[] sample, @Nullable String marked) {
    parts.add(StoredRow.part(sample, marked, columns, Set.of(), parts.size()));
  }

  /// Ends the prompt.
  public void look() {
    Splits.look(splits, parts);
    parts.clear();
  }

  /// The columns that tell policies apart.
  ///
  /// @return their paths
  public Set<String> policies() {
    return of(Splits.Kind.POLICY);
  }

  /// The columns that belong to the question.
  ///
  /// @return their paths
  public Set<String> asked() {
    return of(Splits.Kind.PROMPT);
  }

  private Set<String> of(Splits.Kind kind) {
    Set<String> found = new LinkedHashSet<>();
    for (int c = 0; c < columns.size(); c++) {
      if (splits.get(c).kind() == kind) {
        found.add(columns.get(c));
      }
    }
    return found;
  }

  /// What a person ought to know of the columns.
  ///
  /// @return sentences
  public List<String> words() {
    return splits.stream()
        .filter(column -> column.kind() != Splits.Kind.NOTE)
        .map(column -> column.words(column.kind()))
        .toList();
  }

  /// A draw's value of a column that belongs to the question.
  ///
  /// @param marked the draw's marks; null where it has none
  /// @param column the column's path
  /// @return the value, empty where there is none
  public static String value(@Nullable String marked, String column) {
    JsonNode value = marked == null ? null : Json.read(marked).get(column);
    return value == null ? "" : value.asString("");
  }
}
