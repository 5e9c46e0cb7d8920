package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.List;
import topdraw.draw.Draw;
import topdraw.draw.DrawsBuilder;

/// Collects the rows of one prompt. Where each row is a whole draw, as mostly, nothing is kept
/// beside the draws, of which there may be millions.
final class PartsBuilder {
  private final DrawsBuilder whole;
  private final List<PartDraw> parts = new ArrayList<>();

  /// No row yet.
  PartsBuilder() {
    this(new DrawsBuilder());
  }

  /// No row yet.
  ///
  /// @param whole collects rows that are whole draws
  PartsBuilder(DrawsBuilder whole) {
    this.whole = whole;
  }

  void add(PartDraw part) {
    if (parts.isEmpty() && part.isWhole()) {
      whole.add(part.draw());
      return;
    }
    parts.add(part);
  }

  int size() {
    return whole.size() + parts.size();
  }

  /// The draws, after which no row is added.
  ///
  /// @param key what tells their prompt from others
  List<Draw> build(String key) {
    List<Draw> draws = whole.build(key);
    if (parts.isEmpty()) {
      return draws;
    }
    List<PartDraw> all = new ArrayList<>();
    draws.forEach(draw -> all.add(PartDraw.whole(draw)));
    all.addAll(parts);
    return Parts.whole(all);
  }
}
