package topdraw.llama.engine;

/// Plain loops, for a JVM without the vector module.
final class ScalarWeights implements Weights {
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
    weigh(logits, max, scale, into, 0);
  }

  static void weigh(float[] logits, float max, float scale, float[] into, int from) {
    for (int i = from; i < logits.length; i++) {
      into[i] = FloatExp.exp((logits[i] - max) * scale);
    }
  }
}
