package topdraw.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BetaDistribution;

/// Stated laws of recorded draws, in the shapes that public pools have. None of them is data: what
/// rejection saves on them is what it saves where beginnings tell of ends as stated.
///
/// In each a hidden score grows along an answer as a Brownian motion does: at the share `t` of its
/// tokens it correlates with its end as `sqrt(t)`. Lengths are log-normal, cut, and say nothing of
/// rewards.
enum PoolLaw {
  /// Problems that are solved nearly always or nearly never; beginnings have the chance of coming
  /// out right that their hidden scores give, where right and wrong are as likely. Those scores lie
  /// a standard deviation apart at a quarter, two at the end.
  MATH(
      0,
      "math",
      "rates of success Beta(0.4, 0.8); beginnings tell right from wrong by 2 sqrt(t) standard"
          + " deviations; lengths of median 300",
      true,
      OptionalDouble.of(1),
      300) {
    @Override
    ScoredBeginnings prompt(int draws, SplittableRandom random) {
      double rate = BetaDistribution.of(0.4, 0.8).inverseCumulativeProbability(random.nextDouble());
      return drawn(
          draws,
          random,
          () -> {
            double right = random.nextDouble() < rate ? 1 : 0;
            return new Path(2 * right - 1, _ -> right);
          },
          score -> 1 / (1 + Math.exp(-2 * score)));
    }
  },

  /// A reward model's scores: normal around a mean that differs from prompt to prompt.
  SCORES(
      1,
      "scores",
      "scores normal, prompts apart by a standard deviation; beginnings correlate with ends as"
          + " sqrt(t); lengths of median 200",
      false,
      OptionalDouble.empty(),
      200) {
    @Override
    ScoredBeginnings prompt(int draws, SplittableRandom random) {
      double mean = random.nextGaussian();
      return drawn(draws, random, () -> new Path(0, end -> mean + end), score -> mean + score);
    }
  },

  /// Ratings from 1 to 5, cut from such scores.
  RATING(
      2,
      "rating",
      "ratings 1 to 5, cut at -1, 0, 1 and 2 from scores of the same law, prompts apart by 0.7;"
          + " beginnings are rated too; lengths of median 200",
      false,
      OptionalDouble.of(5),
      200) {
    @Override
    ScoredBeginnings prompt(int draws, SplittableRandom random) {
      double mean = 0.7 * random.nextGaussian();
      return drawn(
          draws, random, () -> new Path(0, end -> stars(mean + end)), score -> stars(mean + score));
    }
  };

  private static final double SPREAD = 0.5;
  private static final int SHORTEST = 16;
  private static final int LONGEST = 1024;

  private final int stream;
  private final String words;
  private final String law;
  private final boolean passFail;
  private final OptionalDouble top;
  private final int median;

  /// @param stream which random numbers it takes of a seed's
  PoolLaw(int stream, String words, String law, boolean passFail, OptionalDouble top, int median) {
    this.stream = stream;
    this.words = words;
    this.law = law;
    this.passFail = passFail;
    this.top = top;
    this.median = median;
  }

  /// What it is called.
  String words() {
    return words;
  }

  /// An eighth, a quarter and half of the median length.
  List<Integer> checkpoints() {
    return List.of(median / 8, median / 4, median / 2);
  }

  /// Draws of prompts.
  ///
  /// @param prompts how many
  /// @param draws of each
  /// @param seed the same seed gives the same pools
  MethodPools drawn(int prompts, int draws, long seed) {
    var random = new SplittableRandom(31 * seed + stream);
    return new MethodPools(
        words,
        law,
        passFail,
        top,
        IntStream.range(0, prompts).mapToObj(_ -> prompt(draws, random.split())).toList());
  }

  /// The draws of a prompt of its own.
  abstract ScoredBeginnings prompt(int draws, SplittableRandom random);

  static double stars(double score) {
    return 1 + Math.clamp((long) Math.floor(score + 2), 0, 4);
  }

  /// How a completion's score moves.
  ///
  /// @param drift how far it drifts from its beginning to its end
  /// @param reward what its end is worth
  record Path(double drift, DoubleUnaryOperator reward) {}

  /// Makes the path of each completion.
  @FunctionalInterface
  interface Paths {
    Path next();
  }

  ScoredBeginnings drawn(
      int draws, SplittableRandom random, Paths paths, DoubleUnaryOperator ofBeginning) {
    List<Integer> checkpoints = checkpoints();
    double[] rewards = new double[draws];
    int[] lengths = new int[draws];
    double[][] scores = new double[checkpoints.size()][draws];
    for (int i = 0; i < draws; i++) {
      Path path = paths.next();
      double length = median * Math.exp(SPREAD * random.nextGaussian());
      lengths[i] = Math.clamp(Math.round(length), SHORTEST, LONGEST);
      double before = 0;
      double score = 0;
      double[] along = new double[checkpoints.size()];
      for (int c = 0; c < along.length; c++) {
        double share = Math.min(1, checkpoints.get(c) / (double) lengths[i]);
        score +=
            path.drift() * (share - before) + Math.sqrt(share - before) * random.nextGaussian();
        before = share;
        along[c] = score;
      }
      score += path.drift() * (1 - before) + Math.sqrt(1 - before) * random.nextGaussian();
      rewards[i] = path.reward().applyAsDouble(score);
      for (int c = 0; c < along.length; c++) {
        boolean whole = checkpoints.get(c) >= lengths[i];
        scores[c][i] = whole ? rewards[i] : ofBeginning.applyAsDouble(along[c]);
      }
    }
    SortedMap<Integer, double[]> beginnings = new TreeMap<>();
    for (int c = 0; c < scores.length; c++) {
      beginnings.put(checkpoints.get(c), scores[c]);
    }
    return new ScoredBeginnings(rewards, lengths, beginnings);
  }
}
