/// Confidence bounds, *theorems* with their confidence: for means, for probabilities, for drift
/// that adds up over requests; and evidence against recorded log-probabilities. Start at [Betting].
/// Intervals for everything else, chosen by what is known of the values: start at [MeanIntervals].
@NullMarked
package topdraw.theory.confidence;

import org.jspecify.annotations.NullMarked;
