package topdraw.reward;

import java.util.List;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;

/// Scores the completions of one prompt in one call.
public interface Reward extends AutoCloseable {

  /// The name by which the reward is asked for and recorded, argument included: `negative-length`,
  /// `regex:^Paris`.
  ///
  /// @return the name
  String name();

  /// What it takes to score the same again: recorded beside every score.
  ///
  /// @return name, version and the hash of the settings
  default RewardIdentity identity() {
    return RewardIdentity.of(name(), "1", name());
  }

  /// Scores every completion. A completion that cannot be scored, as when what the reward looks at
  /// is not known of it, gets a [Score.Missing]; it is never given a number instead. What somebody
  /// interrupted is no missing score: the call ends with
  /// [java.util.concurrent.CancellationException], or goes on to its end.
  ///
  /// @param prompt what was asked, and its completions
  /// @return one score per completion, in their order
  List<Score> score(PromptDraws prompt);

  /// Whether a completion cut anywhere can be scored for what it says so far, so that this reward
  /// can choose among blocks. Not so where an unfinished answer only looks wrong.
  ///
  /// @return false unless a reward says otherwise
  default boolean scoresPrefixes() {
    return false;
  }

  /// Whether a completion's score depends on the others that are scored in the same call, as votes
  /// do. Such a reward can only choose among all draws of a round, no other takes it as a part, and
  /// its name is one that [Comparing] knows.
  ///
  /// @return false unless a reward says otherwise
  default boolean comparesDraws() {
    return false;
  }

  /// Lets go of what the reward holds: a process, a model.
  @Override
  default void close() {}
}
