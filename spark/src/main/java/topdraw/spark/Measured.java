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

  void add(PromptDraws prompt, long position) {
    most = Math.max(most, prompt.draws().size());
    if (prompt.draws().size() >= fewest) {
      measurements.add(questions.measure(prompt, position));
      taken++;
    } else {
      leftOut++;
    }
  }

  Taken taken() {
    return new Taken(measurements, taken, leftOut, most);
  }
}
