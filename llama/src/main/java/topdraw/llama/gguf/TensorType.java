package topdraw.llama.gguf;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How ggml stores the numbers of a tensor: blocks of `blockLength` numbers in `blockBytes` bytes.
///
/// Only types that model files hold and the embedded engine (b4916) knows. Source: `ggml.h` and
/// `ggml-common.h` of llama.cpp b4916.
enum TensorType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q2_K(10, 256, 84),
  Q3_K(11, 256, 110),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  IQ2_XXS(16, 256, 66),
  IQ2_XS(17, 256, 74),
  IQ3_XXS(18, 256, 98),
  IQ1_S(19, 256, 50),
  IQ4_NL(20, 32, 18),
  IQ3_S(21, 256, 110),
  IQ2_S(22, 256, 82),
  IQ4_XS(23, 256, 136),
  I8(24, 1, 1),
  I16(25, 1, 2),
  I32(26, 1, 4),
  I64(27, 1, 8),
  F64(28, 1, 8),
  IQ1_M(29, 256, 56),
  BF16(30, 1, 2),
  TQ1_0(34, 256, 54),
  TQ2_0(35, 256, 66);

  private static final Map<Long, TensorType> BY_ID =
      Arrays.stream(values()).collect(Collectors.toMap(type -> type.id, Function.identity()));

  private final long id;
  private final int blockLength;
  private final int blockBytes;

  TensorType(long id, int blockLength, int blockBytes) {
    this.id = id;
    this.blockLength = blockLength;
    this.blockBytes = blockBytes;
  }

  static Optional<TensorType> of(long id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /// Its number in a file.
  int id() {
    return (int) id;
  }

  int blockLength() {
    return blockLength;
  }

  /// Whether the engine multiplies matrices of it.
  boolean multiplies() {
    return switch (this) {
      case I8, I16, I32, I64, F64 -> false;
      default -> true;
    };
  }

  /// Bytes of `elements` numbers, a whole number of blocks.
  ///
  /// @throws ArithmeticException if that exceeds a long
  long bytes(long elements) {
    return Math.multiplyExact(elements / blockLength, (long) blockBytes);
  }
}
