package topdraw.spark;

import topdraw.draw.PromptDraws;
import topdraw.estimate.Measurements;
import topdraw.estimate.OneSet.Taken;
import topdraw.estimate.Questions;

/// The prompts that one task has measured.
final class Measured {
  private final Questions questions;
  private final int fewest;
  private final Measurements measurements;
  private long taken;
  private long leftOut;
  private int most;

  /// @param fewest how many draws a prompt needs
  Measured(Questions questions, int fewest) {
    this.questions = questions;
    this.fewest = fewest;
    measurements = new Measurements(questions);
  }

  /// Measures a prompt that has enough draws.
  ///
  /// @return whether it has
  boolean add(PromptDraws prompt, long position) {
    most = Math.max(most, prompt.draws().size());
    boolean enough = prompt.draws().size() >= fewest;
    if (enough) {
      measurements.add(questions.measure(prompt, position));
      taken++;
    } else {
      leftOut++;
    }
    return enough;
  }

  Taken taken() {
    return new Taken(measurements, taken, leftOut, most);
  }
}
