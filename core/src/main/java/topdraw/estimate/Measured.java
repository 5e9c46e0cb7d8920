package topdraw.estimate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.draw.PromptDraws;

/// One prompt measured, by n.
///
/// @param prompt its samples
/// @param view the same as the estimators want them
/// @param byN its numbers; empty if no draw has a score
/// @param rewound the measures of rewind-and-repeat, where n plays no part
record Measured(
    PromptDraws prompt, PromptView view, Map<Integer, AtN> byN, List<OptionalDouble> rewound) {

  /// The values of the measures that a prompt's draws suffice for, and what its equal rewards
  /// prove.
  record AtN(List<Value> values, Optional<LevelProof.Limits> proof) {}

  /// The value of a measure, counted from 0; empty when the data cannot say.
  record Value(int measure, OptionalDouble value) {}
}
