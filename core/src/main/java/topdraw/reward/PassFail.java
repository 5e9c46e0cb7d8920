package topdraw.reward;

import java.util.Set;
import topdraw.provider.Asked;

/// Rewards that say right or wrong, 1 or 0, whatever the completion. Of another reward that happens
/// to give only these numbers in a few draws nothing of the kind is known: a judge may rate a 1 out
/// of 9, a count may be 0. Their names tell, in a recording too.
public final class PassFail {
  private static final Set<String> KINDS = Set.of("regex", "numeric", "json-schema", "correct");

  private PassFail() {}

  /// Whether a reward of this name says right or wrong.
  ///
  /// @param reward a reward's name, as it is asked for and recorded
  /// @return true for `regex`, `numeric`, `json-schema` and `correct`, whatever their arguments
  public static boolean names(String reward) {
    return KINDS.contains(Asked.of(reward.strip()).name());
  }
}
