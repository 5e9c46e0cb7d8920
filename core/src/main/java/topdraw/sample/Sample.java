package topdraw.sample;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// One completion as a file recorded it.
///
/// @param outcome what makes two completions the same: token ids where known, else the text, else
///   the place
/// @param text the completion's text, where recorded
/// @param logProbability the recorded log-probability in nats, whatever it is
/// @param meaning what that log-probability says
/// @param rewards rewards by name; a missing one has no entry
/// @param tokens its length, the end token included
/// @param seconds how long it took
/// @param finishReason why it ended, in the file's word
/// @param seed the seed of this one completion
/// @param origin the model and its settings, in one text
/// @param place the file and line it stands at
public record Sample(
    String outcome,
    Optional<String> text,
    OptionalDouble logProbability,
    LogProbabilityMeaning meaning,
    Map<String, Double> rewards,
    OptionalDouble tokens,
    OptionalDouble seconds,
    Optional<String> finishReason,
    Optional<String> seed,
    Optional<String> origin,
    Place place) {
  /// What servers call the token limit.
  private static final Set<String> CUT = Set.of("length", "max_tokens", "max_length");

  /// Copies the rewards, keeping their order.
  public Sample {
    rewards =
        rewards.size() == 1
            ? Map.copyOf(rewards)
            : Collections.unmodifiableMap(new LinkedHashMap<>(rewards));
  }

  /// Whether the token limit ended it, as far as is recorded.
  ///
  /// @return true where the reason is a word for that
  public boolean cut() {
    return finishReason.filter(Sample::isCut).isPresent();
  }

  /// Whether a reason for the end of a completion is the token limit.
  ///
  /// @param finishReason a server's word
  /// @return true for `length`, `max_tokens` and `max_length`
  public static boolean isCut(String finishReason) {
    return CUT.contains(finishReason);
  }

  /// The reward, ranked: a missing score ranks below every score.
  ///
  /// @param reward the reward's name
  /// @return the score, `-∞` when missing
  public double rank(String reward) {
    Double value = rewards.get(reward);
    return value == null ? Double.NEGATIVE_INFINITY : value;
  }

  /// The log-probability where it is a possible one: finite, at most 0, no sentinel.
  ///
  /// @return the log-probability in nats; empty when it is missing or impossible
  public OptionalDouble usableLogProbability() {
    return logProbability.isPresent() && possible(logProbability.getAsDouble())
        ? logProbability
        : OptionalDouble.empty();
  }

  /// Whether a number can be the log-probability of a drawn completion. Servers write -9999 and
  /// numbers near -3.4e38 for "no number".
  ///
  /// @param logProbability in nats
  /// @return false for NaN, above 0, infinite, and the sentinels
  public static boolean possible(double logProbability) {
    return logProbability <= 0 && logProbability > -1e30 && logProbability != -9999;
  }
}
