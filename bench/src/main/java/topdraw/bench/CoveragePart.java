package topdraw.bench;

import java.util.List;
import java.util.function.Supplier;

/// A part of a coverage study that can be run alone.
///
/// @param study the study
/// @param law where draws come from
/// @param draws how many draws a prompt has
/// @param cells runs it
record CoveragePart(String study, String law, int draws, Supplier<List<CoverageCell>> cells) {
  /// What it is called.
  String title() {
    return study + ": " + law + ", N = " + draws;
  }
}
