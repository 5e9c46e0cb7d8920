package topdraw.servers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import topdraw.json.Json;

/// The seeds of the completions of one prompt, as servers take them: from 1 to 2³¹ - 1, no two
/// alike. Every server reads such a number, and none takes it for "choose one yourself" (0, -1, 2³²
/// - 1).
///
/// A bijection keyed by run seed and prompt: eight rounds of a Feistel network on 32 bits, walked
/// on until the value is in range (Black and Rogaway, 2002, *Ciphers with arbitrary finite
/// domains*). A hash would give two completions in 12,600 draws one seed in 3.6 % of runs; seeds in
/// a row would be those of a server that counts on from the seed by itself.
final class DrawSeeds {
  private static final int ROUNDS = 8;
  private static final int HALF = 16;
  private static final int LOW = 0xFFFF;

  private final int[] keys = new int[ROUNDS];

  /// @param runSeed the run's seed
  /// @param promptKey the prompt's key
  DrawSeeds(long runSeed, String promptKey) {
    byte[] prompt = promptKey.getBytes(StandardCharsets.UTF_8);
    byte[] told = ByteBuffer.allocate(8 + prompt.length).putLong(runSeed).put(prompt).array();
    ByteBuffer key = ByteBuffer.wrap(HexFormat.of().parseHex(Json.sha256(told)));
    for (int round = 0; round < ROUNDS; round++) keys[round] = key.getInt();
  }

  /// The seed of a completion.
  ///
  /// @param index which completion, from 0 to 2³¹ - 2
  int of(int index) {
    if (index < 0 || index == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("index is from 0 to 2^31 - 2, was " + index);
    }
    int value = index + 1;
    do {
      value = permuted(value);
    } while (value <= 0); // half of all, and what is in range comes back to it
    return value;
  }

  private int permuted(int value) {
    int left = value >>> HALF;
    int right = value & LOW;
    for (int key : keys) {
      int next = left ^ (mixed(right ^ key) & LOW);
      left = right;
      right = next;
    }
    return left << HALF | right;
  }

  /// The finalizer of MurmurHash3.
  private static int mixed(int bits) {
    int h = bits;
    h = (h ^ h >>> 16) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return h ^ h >>> 16;
  }
}
