package topdraw.draw;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the draws of one prompt, few or millions: many are kept in columns, tens of bytes and
/// the text each instead of hundreds, and made anew whenever they are asked for.
public final class DrawsBuilder {
  /// From here on columns are smaller.
  private static final int MANY = 4_096;

  private List<Draw> few = new ArrayList<>();
  private @Nullable DrawColumns many;

  /// No draw yet.
  public DrawsBuilder() {}

  /// Adds a draw.
  ///
  /// @param draw the next one
  public void add(Draw draw) {
    if (many != null) {
      many.append(draw);
      return;
    }
    few.add(draw);
    if (few.size() == MANY) {
      DrawColumns columns = new DrawColumns();
      few.forEach(columns::append);
      few = List.of();
      many = columns;
    }
  }

  /// How many draws there are.
  ///
  /// @return 0 or more
  public int size() {
    return many == null ? few.size() : many.size();
  }

  /// The draws, after which none is added.
  ///
  /// @return all of them, equal to those added, in their order
  public List<Draw> build() {
    return many == null ? List.copyOf(few) : many;
  }
}
