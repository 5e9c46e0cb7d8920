package topdraw.reference;

import java.util.Map;
import topdraw.provider.DownloadProgress;

/// What a shared policy is opened with.
///
/// @param mostTokens the most tokens that a completion may have, at least 1
/// @param mostRequests how many requests may be open at once, at least 1
/// @param settings what else a policy can be told, by names of its own, as `threads`
/// @param progress hears of what has to be fetched first
public record SharedPolicyContext(
    int mostTokens, int mostRequests, Map<String, String> settings, DownloadProgress progress) {
  /// Copies the settings.
  public SharedPolicyContext {
    settings = Map.copyOf(settings);
  }
}
