package topdraw.gateway.question;

import java.util.Optional;

/// What a caller, a header, an alias or the operator says of how an answer is chosen. What one
/// leaves open the next one says ([#or]).
///
/// @param method how the answer is chosen
/// @param n how many completions are drawn, or at most
/// @param reward which reward chooses
/// @param threshold the reward that is enough
/// @param maxDraws the most draws until the threshold is reached
/// @param temperature of a soft choice
/// @param mean of a random number of draws
/// @param blockTokens how many tokens a block has
/// @param maxKl the most drift of this answer, in nats
/// @param seed the seed of its draws
/// @param candidates what is told of the draws that were not chosen
/// @param deadlineMillis the most time for an answer, in ms
public record Options(
    Optional<Method> method,
    Optional<Integer> n,
    Optional<String> reward,
    Optional<Double> threshold,
    Optional<Integer> maxDraws,
    Optional<Double> temperature,
    Optional<Double> mean,
    Optional<Integer> blockTokens,
    Optional<Double> maxKl,
    Optional<Long> seed,
    Optional<Told> candidates,
    Optional<Integer> deadlineMillis) {

  /// What is told of all candidates.
  public enum Told {
    /// Nothing but how many there were.
    NONE,
    /// Reward and log-probability of each.
    SCORES,
    /// Their texts too.
    FULL
  }

  /// Nothing said.
  public static final Options NONE = of(Optional.empty(), Optional.empty());

  private static Options of(Optional<Method> method, Optional<Integer> n) {
    return new Options(
        method,
        n,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// These options, and others' where these say nothing.
  ///
  /// @param others who is asked next
  /// @return all that one of them says
  public Options or(Options others) {
    return new Options(
        method.or(() -> others.method),
        n.or(() -> others.n),
        reward.or(() -> others.reward),
        threshold.or(() -> others.threshold),
        maxDraws.or(() -> others.maxDraws),
        temperature.or(() -> others.temperature),
        mean.or(() -> others.mean),
        blockTokens.or(() -> others.blockTokens),
        maxKl.or(() -> others.maxKl),
        seed.or(() -> others.seed),
        candidates.or(() -> others.candidates),
        deadlineMillis.or(() -> others.deadlineMillis));
  }

  /// How the answer is chosen.
  ///
  /// @return the method said, else what is usual: early stop where there is a threshold, the one
  ///   that is drawn where n is 1, and the best of n
  public Method chosenBy() {
    if (method.isPresent()) return method.get();
    if (threshold.isPresent()) return Method.EARLY_STOP;
    return n.isPresent() && n.get() == 1 ? Method.PASSTHROUGH : Method.BEST_OF_N;
  }

  /// The same with another n.
  ///
  /// @param other how many completions are drawn, or at most
  /// @return the options
  public Options withN(int other) {
    return of(Optional.empty(), Optional.of(other)).or(this);
  }

  /// The same with another method.
  ///
  /// @param other how the answer is chosen
  /// @return the options
  public Options with(Method other) {
    return of(Optional.of(other), Optional.empty()).or(this);
  }
}
