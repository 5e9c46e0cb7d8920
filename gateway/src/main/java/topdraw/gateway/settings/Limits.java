package topdraw.gateway.settings;

import java.time.Duration;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// What one request may cost, and all of them together.
///
/// @param n the most completions that one answer is chosen among
/// @param tokens the most tokens of one completion
/// @param draws the most completions of one request, over all its answers
/// @param atOnce the most requests that are worked on at once; the next are refused
/// @param bodyBytes the longest body
/// @param deadline the most time for a request
public record Limits(int n, int tokens, int draws, int atOnce, int bodyBytes, Duration deadline) {
  /// The most that a deadline can be.
  public static final Duration LONGEST = Duration.ofHours(1);

  /// What holds where nothing is said: 64 completions an answer, of 512 tokens; 128 completions a
  /// request; 256 requests at once, of 1 MiB; ten minutes.
  public static final Limits USUAL = new Limits(64, 512, 128, 256, 1 << 20, Duration.ofMinutes(10));

  /// Checks the deadline.
  ///
  /// @throws InputException if it is longer than [#LONGEST]
  public Limits {
    if (deadline.compareTo(LONGEST) > 0) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "the deadline of a request is at most 1h, was " + deadline);
    }
  }
}
