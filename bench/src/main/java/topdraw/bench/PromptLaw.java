package topdraw.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/// The law of one prompt's draws where the truth is known.
sealed interface PromptLaw permits PromptLaw.Passing, PromptLaw.Answering, RewardLaw {
  /// Independent draws.
  ///
  /// @return a number each: the reward, or the answer from 0
  double[] draw(SplittableRandom random, int count);

  /// Rewards of 0 and 1.
  ///
  /// @param rate how likely 1 is
  record Passing(double rate) implements PromptLaw {
    @Override
    public double[] draw(SplittableRandom random, int count) {
      var drawn = new double[count];
      Arrays.setAll(drawn, _ -> random.nextDouble() < rate ? 1 : 0);
      return drawn;
    }
  }

  /// Answers, of which the first is right.
  ///
  /// @param chances one per answer
  record Answering(double... chances) implements PromptLaw {
    /// A right answer and two wrong ones.
    ///
    /// @param rate how likely the right one is
    static Answering of(double rate) {
      return new Answering(rate, 0.6 * (1 - rate), 0.4 * (1 - rate));
    }

    @Override
    public double[] draw(SplittableRandom random, int count) {
      var drawn = new double[count];
      Arrays.setAll(
          drawn,
          _ -> {
            double u = random.nextDouble();
            int answer = 0;
            while (answer < chances.length - 1 && u >= chances[answer]) {
              u -= chances[answer++];
            }
            return answer;
          });
      return drawn;
    }
  }
}
