package topdraw.llama.template;

import java.time.Duration;

/// What reading and rendering a template may cost.
///
/// @param source characters of the template itself
/// @param nesting of brackets and blocks inside each other, in the template as it is written
/// @param steps of evaluation; work on long text and lists counts by its length
/// @param depth of evaluations, calls and values inside each other
/// @param characters made in all, on the way to the result and in it
/// @param time for one rendering, on a clock: the last resort, since it depends on the machine
public record Bounds(
    int source, int nesting, long steps, int depth, long characters, Duration time) {
  /// Far above what conversations need, and reached in well under a second: a million characters of
  /// template nested 100 levels, 4 million steps, 250 levels, 64 million characters, 10 seconds.
  public static final Bounds DEFAULT =
      new Bounds(1 << 20, 100, 4_000_000, 250, 1L << 26, Duration.ofSeconds(10));
}
