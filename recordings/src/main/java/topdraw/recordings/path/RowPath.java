package topdraw.recordings.path;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A place in a row, as a person writes it:
///
/// | path | what it gives |
/// |---|---|
/// | `a.b` | the value `b` of the object `a`; a column whose whole name is `a.b` comes first |
/// | `a[0]`, `a[-1]` | a list's first value, its last; `a.0` says the same |
/// | `a[].b` | a list: `b` of each object of the list `a` |
/// | `a.*` | an object: every value of `a` under its name, or every column whose name begins with `a.` |
/// | `a.{b,c}` | an object: those two under their names |
/// | `score_*` | a list: the values of all columns of such names, 2 before 10 |
/// | `'a.b'` | a name that holds dots or brackets |
/// | `min(a[])` | one number of a list: `min`, `max`, `mean`, `sum`, `prod`, `first`, `last` |
///
/// A text that is JSON is entered as what it says. Of JSONPath and JMESPath this is the part that
/// leads to one value a draw; filters are left to programs that have them.
public final class RowPath {
  private final String text;
  private final Optional<Fold> fold;
  private final List<Step> steps;

  RowPath(String text, Optional<Fold> fold, List<Step> steps) {
    this.text = text;
    this.fold = fold;
    this.steps = List.copyOf(steps);
  }

  /// Reads a path.
  ///
  /// @param text the path
  /// @return the path
  /// @throws IllegalArgumentException if it is none, saying where
  public static RowPath of(String text) {
    return new PathParser(text).path();
  }

  /// A column, whatever characters its name has.
  ///
  /// @param name the column's whole name
  /// @return its path
  public static RowPath column(String name) {
    return new RowPath(name, Optional.empty(), List.of(new Step.Key(name)));
  }

  /// What stands there.
  ///
  /// @param row a row
  /// @return the value; null where there is none
  public @Nullable JsonNode at(JsonNode row) {
    JsonNode whole = row.get(text);
    if (whole != null) {
      return whole;
    }
    JsonNode found = Step.at(row, steps);
    if (found == null && text.endsWith(".*")) {
      found = Step.beginning(row, text.substring(0, text.length() - 1));
    }
    return found == null || fold.isEmpty() ? found : fold.get().of(found, text);
  }

  /// Whether the values of several columns of a row make up one list.
  ///
  /// @return true for a path with a pattern such as `score_*`
  public boolean wide() {
    return steps.stream().anyMatch(step -> step instanceof Step.Matching);
  }

  /// The first name on the way, which is the column's.
  ///
  /// @return a name or a pattern
  public String column() {
    return switch (steps.isEmpty() ? new Step.Every() : steps.getFirst()) {
      case Step.Key(String name) -> name;
      case Step.Matching matching -> matching.pattern();
      default -> "*";
    };
  }

  /// Whether a column of a row is on the way.
  ///
  /// @param name the column
  /// @return whether this path reads it
  public boolean reads(String name) {
    return text.equals(name)
        || switch (steps.isEmpty() ? new Step.Every() : steps.getFirst()) {
          case Step.Key(String key) -> key.equals(name);
          case Step.Matching matching -> matching.matches(name);
          case Step.Some some -> some.names().contains(name);
          default -> true;
        };
  }

  /// The path as written.
  ///
  /// @return what [#of] reads
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowPath path && text.equals(path.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
