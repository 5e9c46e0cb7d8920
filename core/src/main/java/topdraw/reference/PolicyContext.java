package topdraw.reference;

import java.util.Map;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;

/// What a reference policy is opened with.
///
/// @param sampling how tokens are drawn; what was recorded stays as it was drawn
/// @param seed the seed of the draws
/// @param settings what else a policy can be told, by names of its own, as `threads`
/// @param progress hears of what has to be fetched first
/// @param surroundings secrets, clock and web servers
public record PolicyContext(
    Sampling sampling,
    long seed,
    Map<String, String> settings,
    DownloadProgress progress,
    Surroundings surroundings) {

  /// The setting, and the entry of a fingerprint, that says what a policy's log-probabilities were
  /// found to be: a run that goes on holds to what it began with.
  public static final String LOG_PROBABILITIES = "log-probabilities";

  /// Copies the settings.
  public PolicyContext {
    settings = Map.copyOf(settings);
  }

  /// The same with somebody who hears of what has to be fetched.
  ///
  /// @param listener hears of it
  /// @return the context
  public PolicyContext telling(DownloadProgress listener) {
    return new PolicyContext(sampling, seed, settings, listener, surroundings);
  }
}
