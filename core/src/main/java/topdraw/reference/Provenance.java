package topdraw.reference;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What it takes to draw the same completions again. Printed beside findings and written into every
/// run folder.
///
/// @param model the model's name, as a person would say it
/// @param fingerprint what the reference policy's probabilities depend on, by name, in order:
///   library build and processor variant, model SHA-256, quantisation, threads and the like
/// @param sampling how tokens were drawn
/// @param seed the run's seed
public record Provenance(
    String model, Map<String, String> fingerprint, Sampling sampling, long seed)
    implements Serializable {
  /// Copies the fingerprint, keeping its order.
  public Provenance {
    fingerprint = Collections.unmodifiableMap(new LinkedHashMap<>(fingerprint));
  }
}
