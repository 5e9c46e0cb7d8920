package topdraw.llama.gguf;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The tensor table of a GGUF header. The native reader maps the file and trusts this table, so
/// every tensor must have a known type and lie inside the file, one after the other without gaps.
final class GgufTensors {
  private static final int MAX_NAME_BYTES = 63;
  private static final int MAX_DIMENSIONS = 4;

  /// What tokens are looked up in; rows are multiplied with it where there is no [#OUTPUT].
  private static final String TABLE = "token_embd.weight";

  private static final String OUTPUT = "output.weight";

  private final GgufReader in;
  private final long alignment;
  private final Set<String> names = new HashSet<>();
  private final Map<TensorType, Long> bytes = new EnumMap<>(TensorType.class);
  private final Map<String, Long> matrices = new HashMap<>();
  private Map<String, Long> table = Map.of();
  private long parameters;
  private long dataBytes;

  private GgufTensors(GgufReader in, long alignment) {
    this.in = in;
    this.alignment = alignment;
  }

  static GgufTensors read(GgufReader in, long count, long alignment) throws IOException {
    var tensors = new GgufTensors(in, alignment);
    for (long i = 0; i < count; i++) tensors.readTensor();
    tensors.requireDataInside();
    return tensors;
  }

  long parameters() {
    return parameters;
  }

  /// Bytes of what rows are multiplied with, by the types' names.
  Map<String, Long> matrices() {
    Map<String, Long> all = new HashMap<>(matrices);
    if (!names.contains(OUTPUT)) table.forEach((type, size) -> all.merge(type, size, Long::sum));
    return all;
  }

  /// The type that holds most of the bytes.
  TensorType commonest() {
    return bytes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private void readTensor() throws IOException {
    long place = in.position();
    String name = in.string("a tensor's name", MAX_NAME_BYTES);
    String shown = "the tensor " + GgufMetadata.shown(name);
    if (!names.add(name)) throw in.refuse(place, shown + " comes twice");
    long[] shape = shape(shown);
    TensorType type = type(shown);
    // Other pairs end the process in the middle of a computation.
    if (shape.length == 1 ? type != TensorType.F32 : !type.multiplies()) {
      throw in.refuse(
          place,
          shown
              + " has "
              + shape.length
              + " dimensions of "
              + type
              + ", which cannot be computed with");
    }
    if (shape[0] % type.blockLength() != 0) {
      throw in.refuse(place, shown + " has rows of " + shape[0] + ", not whole blocks of " + type);
    }
    long offset = in.u64("the offset of " + shown, Long.MAX_VALUE);
    long elements = elements(shown, place, shape);
    place(shown, place, offset, type, elements);
    if (name.equals(TABLE)) {
      table = Map.of(type.name(), type.bytes(elements));
    } else if (shape.length > 1) {
      matrices.merge(type.name(), type.bytes(elements), Long::sum);
    }
  }

  private long[] shape(String shown) throws IOException {
    long place = in.position();
    long count = in.u32();
    if (count < 1 || count > MAX_DIMENSIONS) {
      throw in.refuse(place, shown + " has " + count + " dimensions, expected 1 to 4");
    }
    long[] shape = new long[(int) count];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = in.u64("a dimension of " + shown, Long.MAX_VALUE);
      if (shape[i] == 0) throw in.refuse(place, shown + " has a dimension of 0");
    }
    return shape;
  }

  private TensorType type(String shown) throws IOException {
    long place = in.position();
    long id = in.u32();
    return TensorType.of(id)
        .orElseThrow(
            () -> in.refuse(place, shown + " has type " + id + ", unknown to this engine"));
  }

  private long elements(String shown, long place, long[] shape) {
    try {
      long elements = 1;
      for (long side : shape) elements = Math.multiplyExact(elements, side);
      return elements;
    } catch (ArithmeticException e) {
      throw in.refuse(place, shown + " has more than 2^63 elements");
    }
  }

  private void place(String shown, long place, long offset, TensorType type, long elements) {
    // Both stay below the file's size, so no sum here can overflow.
    long start = (dataBytes + alignment - 1) & -alignment;
    if (offset != start) {
      throw in.refuse(place, shown + " begins at " + offset + " in the data, expected " + start);
    }
    if (elements / type.blockLength() > in.size() || type.bytes(elements) > in.size() - start) {
      throw in.refuse(
          place,
          shown
              + " is larger than the file, which ends after "
              + in.size()
              + " bytes; was it cut short?");
    }
    dataBytes = start + type.bytes(elements);
    parameters += elements;
    bytes.merge(type, type.bytes(elements), Long::sum);
  }

  private void requireDataInside() {
    long data = (in.position() + alignment - 1) & -alignment;
    if (dataBytes > in.size() - data) {
      throw in.refuse(
          data,
          "the tensors need "
              + dataBytes
              + " bytes, the file has "
              + Math.max(0, in.size() - data));
    }
  }
}
