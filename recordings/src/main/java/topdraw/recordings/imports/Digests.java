package topdraw.recordings.imports;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import topdraw.json.Json;

/// A set of byte strings, each numbered when it comes first. Of each 128 bits of its SHA-256 are
/// kept, so that a million take some thirty megabytes however long they are, and no two different
/// ones that anybody can find are taken for one.
final class Digests {
  private static final int FREE = 0;

  private final MessageDigest sha = Json.sha256();
  private long[] high = new long[16];
  private long[] low = new long[16];

  /// Numbers from 1 on at the places that the digests point to.
  private int[] slots = new int[32];

  private int size;

  /// How many there are.
  int size() {
    return size;
  }

  /// The number of a byte string, 0 for the first; the next one where it was not there.
  int number(byte[] bytes) {
    ByteBuffer digest = ByteBuffer.wrap(sha.digest(bytes));
    long upper = digest.getLong();
    long lower = digest.getLong();
    int slot = slot(upper, lower);
    if (slots[slot] != FREE) {
      return slots[slot] - 1;
    }
    if (size == high.length) {
      int room = Math.toIntExact(size + (size >> 1) + 1L);
      high = Arrays.copyOf(high, room);
      low = Arrays.copyOf(low, room);
    }
    high[size] = upper;
    low[size] = lower;
    slots[slot] = ++size;
    if (size > slots.length / 3 * 2) {
      spread();
    }
    return size - 1;
  }

  /// Whether a byte string is new; from then on it is there.
  boolean add(byte[] bytes) {
    int before = size;
    number(bytes);
    return size > before;
  }

  private void spread() {
    slots = new int[Math.multiplyExact(slots.length, 2)];
    for (int i = 0; i < size; i++) {
      slots[slot(high[i], low[i])] = i + 1;
    }
  }

  private int slot(long upper, long lower) {
    int slot = (int) upper & (slots.length - 1);
    while (slots[slot] != FREE
        && !(high[slots[slot] - 1] == upper && low[slots[slot] - 1] == lower)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
