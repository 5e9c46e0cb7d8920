package topdraw.recordings.imports;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// Reads of a Parquet file's footer how many rows it says there are, as a whole and group by group.
///
/// Source: *Apache Thrift compact protocol*; *Apache Parquet*, `parquet.thrift`: `FileMetaData` (3:
/// `num_rows`, 4: `row_groups`), `RowGroup` (3: `num_rows`).
final class ParquetFooter {
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;
  private static final int DEEPEST = 64;

  private final ByteBuffer in;
  private long whole = -1;
  private long groups;

  private ParquetFooter(byte[] footer) {
    in = ByteBuffer.wrap(footer);
  }

  static CountedRows rows(byte[] footer) {
    ParquetFooter read = new ParquetFooter(footer);
    try {
      read.struct(0, true, false);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return CountedRows.UNKNOWN;
    }
    if (read.whole < 0) return CountedRows.UNKNOWN;
    return read.whole == read.groups
        ? CountedRows.rows(read.whole)
        : CountedRows.broken(read.whole + " rows, in groups " + read.groups);
  }

  private void struct(int depth, boolean file, boolean group) {
    if (depth > DEEPEST) throw new IllegalArgumentException("too deep");
    int field = 0;
    for (int head = in.get(); head != 0; head = in.get()) {
      int delta = head >> 4 & 0xF;
      field = delta == 0 ? (int) zigzag() : field + delta;
      int type = head & 0xF;
      if (field == 3 && (file || group) && type == 6) {
        long rows = zigzag();
        whole = file ? rows : whole;
        groups += file ? 0 : rows;
      } else {
        value(type, depth, file && field == 4);
      }
    }
  }

  private void value(int type, int depth, boolean groups) {
    switch (type) {
      case 1, 2 -> {}
      case 3 -> in.get();
      case 4, 5, 6 -> zigzag();
      case 7 -> in.getLong();
      case 8 -> skip(number());
      case LIST, SET -> {
        int head = in.get();
        long size = (head >> 4 & 0xF) == 15 ? number() : head >> 4 & 0xF;
        for (long i = 0; i < size; i++) element(head & 0xF, depth, groups);
      }
      case STRUCT -> struct(depth + 1, false, groups);
      default ->
          throw new IllegalArgumentException("type " + type + (type == MAP ? ", a map" : ""));
    }
  }

  private void element(int type, int depth, boolean groups) {
    if (type == 1 || type == 2) {
      in.get();
    } else {
      value(type, depth, groups);
    }
  }

  private void skip(long bytes) {
    if (bytes < 0 || bytes > in.remaining()) throw new BufferUnderflowException();
    in.position(in.position() + (int) bytes);
  }

  private long number() {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = in.get();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) return number;
    }
    throw new IllegalArgumentException("a long number");
  }

  private long zigzag() {
    long number = number();
    return number >>> 1 ^ -(number & 1);
  }
}
