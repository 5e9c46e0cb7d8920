package topdraw.theory.pool;

/// A mean over subsets of one prompt's draws.
///
/// @param value the mean
/// @param error its standard error where subsets were drawn at random; 0 where all were counted
public record VoteValue(double value, double error) {}
