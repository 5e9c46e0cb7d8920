package topdraw.gateway.settings;

import java.time.Duration;

/// What one request may cost, and all of them together.
///
/// @param n the most completions that one answer is chosen among
/// @param tokens the most tokens of one completion
/// @param draws the most completions of one request, over all its answers
/// @param atOnce the most requests that are worked on at once; the next are refused
/// @param bodyBytes the longest body
/// @param deadline the most time for a request
public record Limits(int n, int tokens, int draws, int atOnce, int bodyBytes, Duration deadline) {
  /// What holds where nothing is said: 64 completions an answer, of 512 tokens; 128 completions a
  /// request; 256 requests at once, of 1 MiB; ten minutes.
  public static final Limits USUAL = new Limits(64, 512, 128, 256, 1 << 20, Duration.ofMinutes(10));
}
