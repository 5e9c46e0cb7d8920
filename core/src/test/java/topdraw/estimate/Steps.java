package topdraw.estimate;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Numbers that any language can make again: `s' = (1103515245 s + 12345) mod 2^31`, of which `s'
/// >> 8` is taken modulo the bound. What rests on resamples can be worked out elsewhere with these.
final class Steps implements RandomGenerator {
  private long state;

  Steps(long seed) {
    state = seed;
  }

  @Override
  public int nextInt(int bound) {
    state = (1103515245 * state + 12345) & 0x7fffffff;
    return (int) ((state >> 8) % bound);
  }

  @Override
  public IntStream ints(long count, int origin, int bound) {
    return IntStream.generate(() -> origin + nextInt(bound - origin)).limit(count);
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("only bounded numbers can be made again elsewhere");
  }
}
