package topdraw.advice;

/// A prompt that is drawn for anew, from what was recorded and in its order: nothing is known of a
/// draw before it is made.
final class Replay {
  private final double[] rewards;
  private int made;
  private double best = Double.NEGATIVE_INFINITY;
  private double sum;

  Replay(Scored prompt) {
    rewards = prompt.rewards();
  }

  /// Makes a draw.
  void draw() {
    double reward = rewards[made++];
    best = Math.max(best, reward);
    sum += reward;
  }

  /// Draws until a reward reaches a threshold, or as many as a cap allows.
  Replay until(double threshold, int cap) {
    while (!ended() && made < cap && best < threshold) {
      draw();
    }
    return this;
  }

  /// Whether all that were recorded have been made.
  boolean ended() {
    return made == rewards.length;
  }

  int made() {
    return made;
  }

  /// The best reward so far.
  double best() {
    return best;
  }

  /// The mean of the rewards so far.
  double mean() {
    return sum / made;
  }
}
