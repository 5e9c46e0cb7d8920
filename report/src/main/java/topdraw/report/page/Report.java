package topdraw.report.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.reference.Provenance;
import topdraw.report.figure.PromptFigure;

/// Everything that one page says.
///
/// @param title the page's title
/// @param lead one paragraph for a newcomer: what was done, and what came out
/// @param opening what is said before all figures
/// @param figures the figures in reading order; may be empty
/// @param provenance what it takes to draw the same completions again
/// @param versions what computed the numbers, by name, in order: Topdraw, Java, system
/// @param drawnAt when the completions were drawn: an ISO 8601 instant, said by the caller
/// @param method how the numbers were made, a paragraph each
public record Report(
    String title,
    String lead,
    Optional<Opening> opening,
    List<PromptFigure> figures,
    Provenance provenance,
    Map<String, String> versions,
    String drawnAt,
    List<String> method) {
  /// Copies the lists and the map, keeping their order.
  public Report {
    figures = List.copyOf(figures);
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    method = List.copyOf(method);
  }
}
