package topdraw.estimate;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers in a row, bit for bit: one byte each where few are different, none where all are the
/// same.
final class PackedNumbers implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int FEW = 256;
  private static final int SLOTS = 1024;

  private final double[] numbers;

  /// Which of the numbers stands where; null where each stands for itself.
  private final byte @Nullable [] which;

  private PackedNumbers(double[] numbers, byte @Nullable [] which) {
    this.numbers = numbers;
    this.which = which;
  }

  /// Packs some numbers.
  ///
  /// @param all at least one; copied
  static PackedNumbers of(double[] all) {
    var slots = new short[SLOTS];
    var different = new double[FEW];
    var which = new byte[all.length];
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      long bits = Double.doubleToRawLongBits(all[i]);
      int slot = slot(bits);
      while (slots[slot] != 0 && Double.doubleToRawLongBits(different[slots[slot] - 1]) != bits) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      if (slots[slot] == 0) {
        if (count == FEW) {
          return new PackedNumbers(all.clone(), null);
        }
        different[count++] = all[i];
        slots[slot] = (short) count;
      }
      which[i] = (byte) (slots[slot] - 1);
    }
    return new PackedNumbers(Arrays.copyOf(different, count), count == 1 ? null : which);
  }

  private static int slot(long bits) {
    return (int) (((bits ^ (bits >>> 29)) * 0x9E3779B97F4A7C15L) >>> 54);
  }

  double at(int i) {
    if (which != null) {
      return numbers[which[i] & 0xFF];
    }
    return numbers[numbers.length == 1 ? 0 : i];
  }
}
