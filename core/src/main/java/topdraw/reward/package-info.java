/// What makes one completion better than another. A [topdraw.reward.Reward] scores the completions
/// of one prompt in one call; [topdraw.reward.Rewards] finds one by its name.
@NullMarked
package topdraw.reward;

import org.jspecify.annotations.NullMarked;
