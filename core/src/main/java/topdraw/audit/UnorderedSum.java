package topdraw.audit;

import java.io.Serializable;

/// A sum that is the same to the last digit in whatever order its terms come: in whole multiples of
/// 2^-62, below 2^63.
final class UnorderedSum implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int BITS = 62;
  private static final double SCALE = 0x1p62;
  private static final long MASK = (1L << BITS) - 1;

  private long whole;

  /// In multiples of 2^-62, from 0 to below 1.
  private long part;

  /// @param term a finite number
  void add(double term) {
    double floor = Math.floor(term);
    add((long) floor, (long) ((term - floor) * SCALE));
  }

  void merge(UnorderedSum other) {
    add(other.whole, other.part);
  }

  private void add(long wholes, long parts) {
    part += parts;
    whole += wholes + (part >>> BITS);
    part &= MASK;
  }

  double value() {
    return whole + part / SCALE;
  }
}
