package topdraw.reward;

import java.util.Set;
import topdraw.provider.Asked;

/// Rewards that compare the draws of one round with each other, as votes do. Their scores are no
/// function of the completion, so choosing by them is a way to select of its own and not best-of-n:
/// what holds for every choice among `n` draws holds, and nothing of the same scores recorded can
/// be carried to another `n`. Their names tell, in a recording too.
public final class Comparing {
  private static final Set<String> KINDS = Set.of("majority", "knockout", "knockout-server");

  private Comparing() {}

  /// Whether a reward of this name counts votes, each of them one.
  ///
  /// @param reward a reward's name, as it is asked for and recorded
  /// @return true for `majority` and `majority:ANSWER`
  public static boolean countsVotes(String reward) {
    return Asked.of(reward.strip()).name().equals("majority");
  }

  /// Whether a reward of this name compares draws.
  ///
  /// @param reward a reward's name, as it is asked for and recorded
  /// @return true for `majority`, `knockout` and `knockout-server`, whatever their arguments
  public static boolean names(String reward) {
    return KINDS.contains(Asked.of(reward.strip()).name().split("\\(", 2)[0]);
  }
}
