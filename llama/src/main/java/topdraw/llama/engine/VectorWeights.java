package topdraw.llama.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The same arithmetic as [ScalarWeights] on the machine's vectors. Loaded only where the vector
/// module is.
final class VectorWeights implements Weights {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());

  @Override
  public float max(float[] logits) {
    var lanes = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    int bound = FLOATS.loopBound(logits.length);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      lanes = lanes.max(FloatVector.fromArray(FLOATS, logits, i));
    }
    float max = lanes.reduceLanes(VectorOperators.MAX);
    for (int i = bound; i < logits.length; i++) {
      max = Math.max(max, logits[i]);
    }
    return max;
  }

  @Override
  public void weigh(float[] logits, float max, float scale, float[] into) {
    int bound = FLOATS.loopBound(logits.length);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector x = FloatVector.fromArray(FLOATS, logits, i).sub(max).mul(scale);
      exp(x).intoArray(into, i);
    }
    ScalarWeights.weigh(logits, max, scale, into, bound);
  }

  /// [FloatExp#exp], operation by operation.
  private static FloatVector exp(FloatVector x) {
    FloatVector k = x.mul(FloatExp.LOG2_E).add(FloatExp.ROUND).sub(FloatExp.ROUND);
    FloatVector r = x.sub(k.mul(FloatExp.LN2_HIGH)).sub(k.mul(FloatExp.LN2_LOW));
    FloatVector p = r.mul(FloatExp.C7).add(FloatExp.C6);
    p = p.mul(r).add(FloatExp.C5);
    p = p.mul(r).add(FloatExp.C4);
    p = p.mul(r).add(FloatExp.C3);
    p = p.mul(r).add(FloatExp.C2);
    FloatVector e = p.mul(r).mul(r).add(r).add(1);
    var power = (IntVector) k.convertShape(VectorOperators.F2I, INTS, 0);
    FloatVector scaled =
        e.mul(power.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
    var representable = x.compare(VectorOperators.GE, FloatExp.LOWEST);
    return FloatVector.zero(FLOATS).blend(scaled, representable);
  }
}
