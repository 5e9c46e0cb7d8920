package topdraw.llama;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Builds small GGUF files, sound unless a test asks otherwise.
final class SyntheticGguf {
  private record Tensor(String name, long[] shape, int type, long offset, int bytes) {}

  private final List<byte[]> entries = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private int dataBytes;
  int version = 3;

  static SyntheticGguf sound() {
    return new SyntheticGguf()
        .text("general.architecture", "llama")
        .text("general.name", "Tiny")
        .uint32("general.file_type", 3)
        .uint32("llama.block_count", 1)
        .uint32("llama.embedding_length", 32)
        .uint32("llama.context_length", 128)
        .uint32("llama.attention.head_count", 2)
        .strings("tokenizer.ggml.tokens", "a", "b", "<end>")
        .int32s("tokenizer.ggml.token_type", 1, 1, 3)
        .tensor("token_embd.weight", 3, 60, 32, 3)
        .tensor("output_norm.weight", 0, 128, 32);
  }

  SyntheticGguf text(String key, String value) {
    return entry(key, 8, string(value));
  }

  SyntheticGguf uint32(String key, int value) {
    return entry(key, 4, ints(value));
  }

  SyntheticGguf uint64(String key, long value) {
    return entry(key, 10, longs(value));
  }

  SyntheticGguf strings(String key, String... values) {
    List<byte[]> parts = new ArrayList<>(List.of(ints(8), longs(values.length)));
    for (String value : values) parts.add(string(value));
    return entry(key, 9, joined(parts));
  }

  SyntheticGguf int32s(String key, int... values) {
    return entry(key, 9, joined(List.of(ints(5), longs(values.length), ints(values))));
  }

  SyntheticGguf entry(String key, int type, byte[] value) {
    entries.add(joined(List.of(string(key), ints(type), value)));
    return this;
  }

  SyntheticGguf tensor(String name, int type, int bytes, long... shape) {
    return tensorAt(dataBytes, name, type, bytes, shape);
  }

  SyntheticGguf tensorAt(long offset, String name, int type, int bytes, long... shape) {
    tensors.add(new Tensor(name, shape, type, offset, bytes));
    dataBytes = padded(dataBytes + bytes);
    return this;
  }

  byte[] bytes() {
    return withCounts(tensors.size(), entries.size());
  }

  byte[] withCounts(long tensorCount, long entryCount) {
    List<byte[]> parts = new ArrayList<>();
    parts.add("GGUF".getBytes(StandardCharsets.US_ASCII));
    parts.add(ints(version));
    parts.add(longs(tensorCount, entryCount));
    parts.addAll(entries);
    for (Tensor tensor : tensors) {
      parts.add(string(tensor.name));
      parts.add(ints(tensor.shape.length));
      parts.add(longs(tensor.shape));
      parts.add(ints(tensor.type));
      parts.add(longs(tensor.offset));
    }
    int header = joined(parts).length;
    parts.add(new byte[padded(header) - header + dataBytes]);
    return joined(parts);
  }

  static byte[] string(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    return joined(List.of(longs(text.length), text));
  }

  static byte[] ints(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) buffer.putInt(value);
    return buffer.array();
  }

  static byte[] longs(long... values) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) buffer.putLong(value);
    return buffer.array();
  }

  static byte[] joined(List<byte[]> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    return all.array();
  }

  private static int padded(int length) {
    return (length + 31) & -32;
  }
}
