package topdraw.llama.engine;

import topdraw.reference.Sampling;

/// Draws a token from a row of logits, and knows the log-probability of what it drew.
///
/// The weights are `w_i = exp((l_i - max l) / T)`, floats; then top-k, top-p and min-p, in that
/// order, keep a prefix of the tokens in order of weight (of equals the smaller id first), and what
/// is kept is renormalised:
///
///     p_i = w_i / Σ_kept w
///
/// The token drawn is the first whose running sum of the same weights passes `u · Σ_kept w`, so the
/// law of what is drawn and the log-probability reported agree to the rounding of doubles. Sums are
/// doubles, added in one fixed order. A token whose weight lies below `exp(-87)` (about 1e-38 of
/// the likeliest) has weight 0: it is never drawn.
///
/// Keeps its arrays: no allocation per token, and not safe for several threads.
public final class TokenSampler {
  /// Length of the runs that the draw skips as a whole.
  private static final int RUN = 256;

  private final Sampling sampling;
  private final Weights arithmetic;
  private final float scale;
  private final float[] weights;
  private final double[] runs;
  private final Truncation truncation;
  private double total;
  private double logProbability;

  /// A sampler by the machine's fastest arithmetic.
  ///
  /// @param vocabularySize length of a row of logits
  /// @param sampling how tokens are drawn
  public TokenSampler(int vocabularySize, Sampling sampling) {
    this(vocabularySize, sampling, Weights.fastest());
  }

  TokenSampler(int vocabularySize, Sampling sampling, Weights arithmetic) {
    this(
        sampling,
        arithmetic,
        new float[vocabularySize],
        new double[Math.ceilDiv(vocabularySize, RUN)],
        new Truncation());
  }

  private TokenSampler(
      Sampling sampling,
      Weights arithmetic,
      float[] weights,
      double[] runs,
      Truncation truncation) {
    this.sampling = sampling;
    this.arithmetic = arithmetic;
    // Bounded, so that a tiny temperature gives 0 · scale = 0 for the likeliest token, not NaN.
    scale = (float) Math.min(1 / sampling.temperature(), Float.MAX_VALUE);
    this.weights = weights;
    this.runs = runs;
    this.truncation = truncation;
  }

  /// A sampler by other settings in the arrays of this one, so that it costs no memory: the two are
  /// used by one thread.
  ///
  /// @param other how tokens are drawn
  /// @return the sampler
  public TokenSampler by(Sampling other) {
    return new TokenSampler(other, arithmetic, weights, runs, truncation);
  }

  /// Draws a token.
  ///
  /// @param logits a row of the vocabulary's size
  /// @param uniform in `[0, 1)`
  /// @return the token's id; [#logProbability] has its log-probability
  int draw(float[] logits, double uniform) {
    weigh(logits);
    int token = sampling.truncates() ? truncation.at(uniform) : at(uniform * total);
    logProbability = logProbabilityOf(token);
    return token;
  }

  /// The log-probability of the token drawn last, in nats.
  double logProbability() {
    return logProbability;
  }

  /// The log-probability of a given token under the law that [#draw] draws from, in nats.
  ///
  /// @param logits a row of the vocabulary's size
  /// @param token its id
  /// @return negative infinity for a token that is never drawn
  public double score(float[] logits, int token) {
    weigh(logits);
    return sampling.truncates() && !truncation.keeps(token)
        ? Double.NEGATIVE_INFINITY
        : logProbabilityOf(token);
  }

  private double logProbabilityOf(int token) {
    // The likeliest of a crowd may have a weight above the sum only by rounding: never above 0.
    return Math.min(0, Math.log(weights[token] / total));
  }

  private void weigh(float[] logits) {
    float max = arithmetic.max(logits);
    if (!(Math.abs(max) < Float.POSITIVE_INFINITY)) {
      throw new EngineException(
          "the model's largest logit is " + max + ", not a finite number; the model is damaged");
    }
    arithmetic.weigh(logits, max, scale, weights);
    total = sum();
    if (sampling.truncates()) total = truncation.apply(weights, total, sampling);
  }

  private double sum() {
    double all = 0;
    for (int run = 0; run < runs.length; run++) {
      runs[run] = sum(run * RUN, Math.min(weights.length, run * RUN + RUN));
      all += runs[run];
    }
    return all;
  }

  /// Four running sums: fixed order, yet not one long chain of additions.
  private double sum(int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += weights[i];
      b += weights[i + 1];
      c += weights[i + 2];
      d += weights[i + 3];
    }
    for (; i < to; i++) {
      a += weights[i];
    }
    return (a + b) + (c + d);
  }

  private int at(double target) {
    int run = 0;
    double before = 0;
    while (run < runs.length - 1 && before + runs[run] <= target) {
      before += runs[run++];
    }
    int last = -1;
    for (int i = run * RUN; i < weights.length; i++) {
      if (weights[i] == 0) continue;
      before += weights[i];
      last = i;
      if (before > target) return i;
    }
    return last >= 0 ? last : lastDrawable();
  }

  /// Rounding may leave the target a hair beyond the last weight: that one is drawn then.
  private int lastDrawable() {
    int i = weights.length - 1;
    while (weights[i] == 0) i--;
    return i;
  }
}
