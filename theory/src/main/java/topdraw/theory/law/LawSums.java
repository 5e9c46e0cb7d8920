package topdraw.theory.law;

import topdraw.theory.numeric.Exp;
import topdraw.theory.numeric.LogSpace;

/// The KL divergence and the win rate of a law, summed chunk by chunk in the same few arrays. Loops
/// are as in [LevelChunk].
final class LawSums {
  private final LogRatio logRatio;
  private final double[] ratios;
  private final double[] returned;
  private final double[] wins;
  private final double[] terms;
  private double winRate;
  private double kl;

  /// Sums over nothing yet.
  ///
  /// @param levels the most levels that come together
  LawSums(LogRatio logRatio, int levels) {
    this.logRatio = logRatio;
    int size = Math.min(levels, LevelChunk.SIZE);
    ratios = new double[size];
    returned = new double[size];
    wins = new double[size];
    terms = new double[size];
  }

  /// Adds the levels of a chunk.
  ///
  /// @param from its first level
  void add(LevelChunk levels, int from) {
    logRatio.fill(from, levels.mass.length, ratios);
    add(levels);
  }

  /// Adds levels whose ratios are there: apart from the loops of [LogRatio#fill], with which it is
  /// compiled less well.
  private void add(LevelChunk levels) {
    double[] mass = levels.mass;
    int size = mass.length;
    Exp.each(size, ratios, returned, terms);
    Exp.each(size, levels.logCumulative, wins, terms);
    for (int i = 0; i < size; i++) {
      terms[i] = Math.fma(ratios[i] - 1, returned[i], 1);
      wins[i] = mass[i] * returned[i] * (wins[i] - mass[i] * 0.5);
    }
    for (int i = 0; i < size; i++) {
      // A term is small where its log ratio is, and the difference has lost its digits.
      if (!(terms[i] > 0.06)) {
        terms[i] = LogSpace.phi(ratios[i], returned[i]);
      }
    }
    for (int i = 0; i < size; i++) {
      terms[i] *= mass[i];
    }
    for (int i = 0; i < size; i++) {
      if (mass[i] < Double.MIN_NORMAL) {
        // Where p underflows, and so exp(k) may overflow, p phi(k) is formed from π.
        double k = ratios[i];
        double probability = Math.exp(levels.logMass[i] + k);
        wins[i] = probability * (Math.exp(levels.logCumulative[i]) - mass[i] / 2);
        terms[i] = k == 0 ? 0 : Math.max(0, probability * (k - 1) + mass[i]);
      }
    }
    winRate += LevelChunk.sum(wins, size);
    kl += LevelChunk.sum(terms, size);
  }

  /// The divergence in nats.
  double kl() {
    return kl;
  }

  /// The win rate against the reference.
  double winRate() {
    return winRate;
  }
}
