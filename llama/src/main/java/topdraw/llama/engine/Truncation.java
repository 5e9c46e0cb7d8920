package topdraw.llama.engine;

import topdraw.reference.Sampling;

/// The tokens that top-k, top-p and min-p leave, likeliest first (of equals the smaller id first).
///
/// A heap gives them one by one, so the rest of the vocabulary is never sorted. The heap holds
/// longs: the bits of the weight, which for floats not below 0 order as the floats do, above the
/// bits of the id, inverted.
final class Truncation {
  private long[] heap = {};
  private int[] tokens = {};
  private float[] weights = {};
  private boolean[] has = {};
  private int waiting;
  private int count;
  private double total;

  Truncation() {}

  /// Keeps what the settings leave.
  ///
  /// @param all the weights of the whole vocabulary
  /// @param sum their sum
  /// @return the sum of the weights kept
  double apply(float[] all, double sum, Sampling sampling) {
    if (heap.length < all.length) makeRoom(all.length);
    forget();
    fill(all, sampling.topK() > 0 ? 0 : (float) sampling.minP());
    if (sampling.topK() > 0) sum = takeMost(sampling.topK());
    else if (sampling.topP() == 1) sum = takeMost(heap.length);
    if (sampling.topP() < 1) reach(sampling.topP() * sum);
    drop((float) sampling.minP());
    return total;
  }

  /// The token at which the running sum of the weights kept passes `uniform` of their total.
  int at(double uniform) {
    double target = uniform * total;
    double before = 0;
    for (int i = 0; i < count - 1; i++) {
      before += weights[i];
      if (before > target) return tokens[i];
    }
    return tokens[count - 1];
  }

  boolean keeps(int token) {
    return has[token];
  }

  /// Made at the first use: who truncates nothing needs none of it.
  private void makeRoom(int vocabularySize) {
    heap = new long[vocabularySize];
    tokens = new int[vocabularySize];
    weights = new float[vocabularySize];
    has = new boolean[vocabularySize];
  }

  private void forget() {
    for (int i = 0; i < count; i++) {
      has[tokens[i]] = false;
    }
    count = 0;
    total = 0;
  }

  /// Tokens below min-p cannot be kept unless top-k's sum needs them, so they stay out of the heap.
  private void fill(float[] all, float least) {
    waiting = 0;
    for (int token = 0; token < all.length; token++) {
      if (all[token] > 0 && all[token] >= least) {
        heap[waiting++] =
            ((long) Float.floatToRawIntBits(all[token]) << 32) | (~token & 0xFFFFFFFFL);
      }
    }
    for (int i = waiting / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  private double takeMost(int most) {
    while (count < most && waiting > 0) {
      take();
    }
    return total;
  }

  /// Takes, or leaves of what is taken, the fewest tokens whose weights reach `enough`; at least
  /// one.
  private void reach(double enough) {
    int taken = count;
    double sum = 0;
    int needed = 0;
    while (needed < taken && (needed == 0 || sum < enough)) {
      sum += weights[needed++];
    }
    if (taken > 0) {
      cut(needed);
      return;
    }
    while (waiting > 0 && (count == 0 || total < enough)) {
      take();
    }
  }

  private void drop(float least) {
    int needed = 1;
    while (needed < count && weights[needed] >= least) {
      needed++;
    }
    cut(needed);
  }

  private void cut(int length) {
    while (count > length) {
      has[tokens[--count]] = false;
    }
    total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[i];
    }
  }

  private void take() {
    long first = heap[0];
    heap[0] = heap[--waiting];
    sink(0);
    int token = ~(int) first;
    float weight = Float.intBitsToFloat((int) (first >>> 32));
    tokens[count] = token;
    weights[count++] = weight;
    has[token] = true;
    total += weight;
  }

  private void sink(int at) {
    long value = heap[at];
    for (int child = 2 * at + 1; child < waiting; child = 2 * at + 1) {
      if (child + 1 < waiting && heap[child + 1] > heap[child]) child++;
      if (heap[child] <= value) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = value;
  }
}
