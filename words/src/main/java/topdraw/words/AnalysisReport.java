package topdraw.words;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.advice.Advice;
import topdraw.draw.SampleSource;
import topdraw.estimate.Analysis;
import topdraw.estimate.Overoptimization;

/// Everything that the page of an analysis and its JSON twin say: both are made from this alone.
///
/// @param analysis the numbers
/// @param study what selection does to the gold reward; empty where none was asked for, or too few
///   prompts can tell
/// @param advice answers to what was asked beside the curve
/// @param sentence what to take away
/// @param source where the samples come from
/// @param versions what computed the numbers, by name, in order: Topdraw, Java, system
public record AnalysisReport(
    Analysis analysis,
    Optional<Overoptimization> study,
    List<Advice> advice,
    String sentence,
    SampleSource source,
    Map<String, String> versions) {
  /// Copies the list, and the map, keeping its order.
  public AnalysisReport {
    advice = List.copyOf(advice);
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }
}
