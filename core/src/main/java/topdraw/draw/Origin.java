package topdraw.draw;

import java.util.Optional;

/// Where a draw comes from.
///
/// @param policy the model and its settings, in one text; empty where it is not recorded beside the
///   draw
/// @param seed the seed of this one draw; empty where it has none of its own
/// @param place where it is recorded
public record Origin(Optional<String> policy, Optional<String> seed, Place place) {
  /// Drawn a moment ago and written nowhere yet.
  public static final Origin JUST_DRAWN = at(Place.of("just drawn"));

  /// A place and nothing else.
  ///
  /// @param place where it is recorded
  /// @return the origin
  public static Origin at(Place place) {
    return new Origin(Optional.empty(), Optional.empty(), place);
  }
}
