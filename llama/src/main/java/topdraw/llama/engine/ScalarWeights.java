package topdraw.llama.engine;

/// Plain loops, for a JVM without the vector module. They are of the kind that the compiler works
/// on several elements of at once: short, over whole arrays from their first element, no branch
/// among the arithmetic, and what moves bits from an integer to a float in a loop of its own. Not
/// as fast as [VectorWeights], of which the first thousand rows take seconds until it is compiled.
final class ScalarWeights implements Weights {
  private static final int CHUNK = 1024;

  private final float[] arguments = new float[CHUNK];
  private final float[] near = new float[CHUNK];
  private final int[] powers = new int[CHUNK];
  private final float[] results = new float[CHUNK];

  @Override
  public float max(float[] logits) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    return max;
  }

  @Override
  public void weigh(float[] logits, float max, float scale, float[] into) {
    int from = 0;
    for (; from + CHUNK <= logits.length; from += CHUNK) {
      System.arraycopy(logits, from, arguments, 0, CHUNK);
      split(arguments, max, scale, near, powers);
      join(arguments, near, powers, results);
      System.arraycopy(results, 0, into, from, CHUNK);
    }
    weigh(logits, max, scale, into, from);
  }

  static void weigh(float[] logits, float max, float scale, float[] into, int from) {
    for (int i = from; i < logits.length; i++) {
      into[i] = FloatExp.exp((logits[i] - max) * scale);
    }
  }

  /// [FloatExp#exp], operation by operation, as far as the two factors of the result, of which the
  /// second is given by its bits.
  private static void split(float[] arguments, float max, float scale, float[] near, int[] powers) {
    for (int i = 0; i < CHUNK; i++) {
      float x = (arguments[i] - max) * scale;
      float k = (x * FloatExp.LOG2_E + FloatExp.ROUND) - FloatExp.ROUND;
      float r = (x - k * FloatExp.LN2_HIGH) - k * FloatExp.LN2_LOW;
      float p = (FloatExp.C7 * r + FloatExp.C6) * r + FloatExp.C5;
      p = ((p * r + FloatExp.C4) * r + FloatExp.C3) * r + FloatExp.C2;
      near[i] = (p * r) * r + r + 1;
      powers[i] = ((int) k + 127) << 23;
      arguments[i] = x;
    }
  }

  /// The rest of it.
  private static void join(float[] arguments, float[] near, int[] powers, float[] results) {
    for (int i = 0; i < CHUNK; i++) {
      float e = near[i] * Float.intBitsToFloat(powers[i]);
      results[i] = arguments[i] >= FloatExp.LOWEST ? e : 0;
    }
  }
}
