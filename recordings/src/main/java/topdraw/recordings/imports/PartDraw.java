package topdraw.recordings.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;

/// A draw, or the part of one that a row holds.
///
/// @param draw the draw
/// @param rater whose view it is, where rows are raters' views
/// @param rollout which rollout it is a turn of, where rows are turns
/// @param turn which turn of it
/// @param marks values that may tell prompts or policies apart, in the order of their columns
record PartDraw(
    Draw draw,
    @Nullable String rater,
    @Nullable String rollout,
    @Nullable String turn,
    List<String> marks) {

  static PartDraw whole(Draw draw) {
    return new PartDraw(draw, null, null, null, List.of());
  }

  /// Whether a draw alone says all of it but its marks.
  boolean isWhole() {
    return rater == null && rollout == null && turn == null;
  }
}
