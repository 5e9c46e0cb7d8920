package topdraw.draw;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the draws of one prompt, few or millions: many are kept in columns, tens of bytes and
/// the text each instead of hundreds, and made anew whenever they are asked for. Draws that cannot
/// be measured in the memory there is are counted and not kept; [#build] refuses them.
public final class DrawsBuilder {
  /// From here on columns are smaller.
  private static final int MANY = 4_096;

  private List<Draw> few = new ArrayList<>();
  private @Nullable DrawColumns many;
  private final long most;
  private long size;
  private long text;

  /// Whether few draws were too many already, for the length of their texts.
  private boolean tooLong;

  /// No draw yet, and as many to come as the memory lets.
  public DrawsBuilder() {
    this(DrawRoom.most());
  }

  /// No draw yet.
  ///
  /// @param most bytes that the draws may need ([DrawRoom#needed])
  public DrawsBuilder(long most) {
    this.most = most;
  }

  /// Adds a draw.
  ///
  /// @param draw the next one
  public void add(Draw draw) {
    size++;
    text += draw.text().map(String::length).orElse(0);
    if (tooMany()) {
      few = List.of();
      many = null;
      return;
    }
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

  private boolean tooMany() {
    boolean many = DrawRoom.needed(size, inMemory()) > most;
    tooLong |= many && size < MANY;
    return many;
  }

  /// Texts of many draws lie on disk.
  private long inMemory() {
    return size < MANY || tooLong ? text : Math.min(text, TextColumn.MOST);
  }

  /// How many draws there are.
  ///
  /// @return 0 or more
  public int size() {
    return Math.toIntExact(size);
  }

  /// The draws, after which none is added.
  ///
  /// @param key what tells their prompt from others
  /// @return all of them, equal to those added, in their order
  /// @throws topdraw.input.InputException if they need more memory than there is
  public List<Draw> build(String key) {
    if (tooMany()) {
      throw DrawRoom.refusal(key, size, inMemory(), most);
    }
    return many == null ? List.copyOf(few) : many;
  }
}
