/// More scores and log-probabilities for what is recorded: beside a run's samples, or in a new
/// table.
@org.jspecify.annotations.NullMarked
package topdraw.recordings.scoring;
