package topdraw.llama.engine;

/// The two passes over a row of logits that are worth a vector unit. Both work element by element
/// (a maximum has no rounding), so every implementation gives the very same bits; sums, whose bits
/// depend on their order, are left to [TokenSampler].
interface Weights {
  /// The largest logit; NaN if any is NaN.
  float max(float[] logits);

  /// `into[i] = exp((logits[i] - max) · scale)`, by [FloatExp].
  void weigh(float[] logits, float max, float scale, float[] into);

  /// The fastest implementation that this JVM can run: the vector module may be absent.
  static Weights fastest() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? new VectorWeights()
        : new ScalarWeights();
  }
}
