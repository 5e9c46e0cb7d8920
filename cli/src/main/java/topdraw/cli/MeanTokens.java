package topdraw.cli;

import java.io.IOException;
import java.util.DoubleSummaryStatistics;
import java.util.OptionalDouble;
import topdraw.recordings.Recording;

/// The mean length of a recorded draw, to turn a budget of tokens into draws.
final class MeanTokens {
  private MeanTokens() {}

  /// Empty when no sample has its length.
  static OptionalDouble of(Recording recording) throws IOException {
    var tokens = new DoubleSummaryStatistics();
    recording.forEach(prompt -> prompt.draws().forEach(d -> d.length().ifPresent(tokens)));
    return tokens.getCount() == 0 ? OptionalDouble.empty() : OptionalDouble.of(tokens.getAverage());
  }
}
