package topdraw.neural;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The constants of an ONNX file: what nodes are given as attributes, and tensors by their names.
/// Nothing is run.
///
/// Of the format, which is Protocol Buffers, these fields are read: ModelProto.graph (7);
/// GraphProto.node (1), initializer (5); NodeProto.op_type (4), attribute (5); AttributeProto.name
/// (1), floats (7), ints (8), strings (9); TensorProto.float_data (4), name (8). Source:
/// onnx.proto.
final class OnnxGraph {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final Map<String, Values> values = new HashMap<>();

  /// What stands under one name.
  private static final class Values {
    private final List<Float> floats = new ArrayList<>();
    private final List<Long> integers = new ArrayList<>();
    private final List<String> strings = new ArrayList<>();
  }

  /// A field of a message.
  private interface Field {
    /// @param number the field's number
    /// @param bytes what it holds, where it is of a length of its own
    /// @param value what it holds, where it is a number
    void read(int number, ByteBuffer bytes, long value);
  }

  private OnnxGraph() {}

  /// Reads a file.
  ///
  /// @throws IllegalArgumentException if it is none of that format
  static OnnxGraph read(byte[] file) {
    OnnxGraph graph = new OnnxGraph();
    fields(
        ByteBuffer.wrap(file),
        (field, bytes, _) -> {
          if (field == 7) graph.graph(bytes);
        });
    return graph;
  }

  /// @throws IllegalArgumentException if no node of that kind has such an attribute
  List<String> strings(String node, String attribute) {
    return found(node + "." + attribute).strings;
  }

  /// @throws IllegalArgumentException if no node of that kind has such an attribute
  long[] integers(String node, String attribute) {
    return found(node + "." + attribute).integers.stream().mapToLong(Long::longValue).toArray();
  }

  /// @throws IllegalArgumentException if no node of that kind has such an attribute
  float[] floats(String node, String attribute) {
    return floats(node + "." + attribute);
  }

  /// @throws IllegalArgumentException if there is no such tensor
  float[] floats(String tensor) {
    List<Float> all = found(tensor).floats;
    var floats = new float[all.size()];
    for (int i = 0; i < floats.length; i++) floats[i] = all.get(i);
    return floats;
  }

  private Values found(String name) {
    Values found = values.get(name);
    if (found == null) throw new IllegalArgumentException("there is no " + name + " in the model");
    return found;
  }

  private void graph(ByteBuffer graph) {
    fields(
        graph,
        (field, bytes, _) -> {
          if (field == 1) node(bytes);
          if (field == 5) tensor(bytes);
        });
  }

  private void node(ByteBuffer node) {
    List<ByteBuffer> attributes = new ArrayList<>();
    StringBuilder kind = new StringBuilder();
    fields(
        node,
        (field, bytes, _) -> {
          if (field == 4) kind.append(text(bytes));
          if (field == 5) attributes.add(bytes);
        });
    for (ByteBuffer attribute : attributes) named(kind + ".", attribute, 1, 7, 8, 9);
  }

  private void tensor(ByteBuffer tensor) {
    named("", tensor, 8, 4, 0, 0);
  }

  private void named(
      String before, ByteBuffer message, int name, int floats, int integers, int strings) {
    Values read = new Values();
    StringBuilder called = new StringBuilder(before);
    fields(
        message,
        (field, bytes, value) -> {
          if (field == name) called.append(text(bytes));
          if (field == strings) read.strings.add(text(bytes));
          // Numbers come one by one, or packed.
          if (field == floats) {
            if (!bytes.hasRemaining()) read.floats.add(Float.intBitsToFloat((int) value));
            while (bytes.hasRemaining()) read.floats.add(bytes.getFloat());
          }
          if (field == integers) {
            if (!bytes.hasRemaining()) read.integers.add(value);
            while (bytes.hasRemaining()) read.integers.add(varint(bytes));
          }
        });
    values.put(called.toString(), read);
  }

  private static void fields(ByteBuffer message, Field field) {
    ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer none = ByteBuffer.allocate(0);
    while (in.hasRemaining()) {
      int key = (int) varint(in);
      switch (key & 7) {
        case VARINT -> field.read(key >>> 3, none, varint(in));
        case FIXED64 -> field.read(key >>> 3, none, in.getLong());
        case FIXED32 -> field.read(key >>> 3, none, in.getInt());
        case BYTES -> {
          int length = Math.toIntExact(varint(in));
          field.read(key >>> 3, in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN), 0);
          in.position(in.position() + length);
        }
        default -> throw new IllegalArgumentException("no Protocol Buffers: field " + key);
      }
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) return value;
    }
    throw new IllegalArgumentException("no Protocol Buffers: a number that does not end");
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
