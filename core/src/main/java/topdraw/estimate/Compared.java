package topdraw.estimate;

import java.util.Optional;

/// What a comparison of recorded samples found.
public sealed interface Compared {

  /// Whether draws stand as a pool, of which nobody here knows how they were drawn.
  ///
  /// @return true where one side is no run of ours
  boolean pools();

  /// Two recordings as they selected, batch by batch.
  ///
  /// @param first what the recording to compare with is called
  /// @param second what the recording compared is called
  /// @param batches what each would have returned
  /// @param atEqualN both at every n; empty where the rewards that select say nothing of it
  /// @param pools whether draws stand as a pool
  record Batches(
      String first,
      String second,
      Comparison batches,
      Optional<PairedSelection> atEqualN,
      boolean pools)
      implements Compared {}

  /// Two ways to select, at every n.
  ///
  /// @param selections who selects better
  /// @param pools whether draws stand as a pool
  record Selections(PairedSelection selections, boolean pools) implements Compared {}
}
