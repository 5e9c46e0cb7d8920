package topdraw.attack;

import java.util.stream.LongStream;

/// How long an attack lasts: a few seeds, always the same, in the daily check; many seeds, new ones
/// each time, under `./check --attack`. Each test's name holds its seed, and `./check --attack
/// SEED` begins with that one.
public final class Attack {
  private static final boolean LONG = Boolean.getBoolean("topdraw.attack");
  private static final long FIRST = Long.getLong("topdraw.attack.seed", 0);

  private Attack() {}

  /// The seeds of one attack.
  ///
  /// @param daily how many in the daily check
  /// @param all how many under `./check --attack`
  /// @return the seeds, one after the other
  public static LongStream seeds(int daily, int all) {
    return LongStream.range(FIRST, FIRST + (LONG ? all : daily));
  }
}
