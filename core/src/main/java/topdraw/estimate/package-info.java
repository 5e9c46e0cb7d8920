/// What the completions drawn say about drift and win rate: findings, each with its evidence. Start
/// at [topdraw.estimate.PromptPool] for a pool of draws and [topdraw.estimate.RoundFindings] for a
/// single selection.
@NullMarked
package topdraw.estimate;

import org.jspecify.annotations.NullMarked;
