package topdraw.words;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.SampleSource;
import topdraw.estimate.Analysis;
import topdraw.estimate.Overoptimization;

/// Everything that the page of an analysis and its JSON twin say: both are made from this alone.
///
/// @param analysis the numbers
/// @param study what selection does to the gold reward; empty where none was asked for, or too few
///   prompts can tell
/// @param sentence what to take away
/// @param source where the samples come from
/// @param versions what computed the numbers, by name, in order: Topdraw, Java, system
public record AnalysisReport(
    Analysis analysis,
    Optional<Overoptimization> study,
    String sentence,
    SampleSource source,
    Map<String, String> versions) {
  /// Copies the map, keeping its order.
  public AnalysisReport {
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }
}
