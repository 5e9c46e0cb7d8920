package topdraw.llama.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Builds small GGUF files, sound unless a test asks otherwise.
public final class SyntheticGguf {
  private record Tensor(String name, long[] shape, int type, long offset, int bytes) {}

  private record Entry(String key, int type, byte[] value) {
    byte[] bytes() {
      return joined(List.of(string(key), ints(type), value));
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private int dataBytes;
  int version = 3;

  public static SyntheticGguf sound() {
    return new SyntheticGguf()
        .text("general.architecture", "llama")
        .text("general.name", "Tiny")
        .uint32("general.file_type", 3)
        .uint32("llama.block_count", 1)
        .uint32("llama.embedding_length", 32)
        .uint32("llama.context_length", 128)
        .uint32("llama.attention.head_count", 2)
        .float32("llama.attention.layer_norm_rms_epsilon", 1e-5f)
        .text("tokenizer.ggml.model", "gpt2")
        .strings("tokenizer.ggml.merges", "a b")
        .strings("tokenizer.ggml.tokens", "a", "b", "<end>")
        .int32s("tokenizer.ggml.token_type", 1, 1, 3)
        .tensor("token_embd.weight", 3, 60, 32, 3)
        .tensor("output_norm.weight", 0, 128, 32);
  }

  /// A model of one layer and 300 tokens that the engine loads and draws from.
  ///
  /// @param pieces whether its tokenizer is of the SentencePiece kind, and not byte pairs
  public static SyntheticGguf loadable(boolean pieces) {
    return loadable(pieces, TensorType.F32, 32, 300, true);
  }

  /// The same with 320 tokens in other weights, wider, or with a table of its own for the output.
  ///
  /// @param type how its matrices are stored, by name
  /// @param width numbers in an embedding, a multiple of 32 and of the type's blocks
  /// @param tied whether it has no such table
  public static SyntheticGguf loadable(String type, int width, boolean tied) {
    return loadable(false, TensorType.valueOf(type), width, 320, tied);
  }

  private static SyntheticGguf loadable(
      boolean pieces, TensorType type, int width, int vocabulary, boolean tied) {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    for (int i = 0; i < 256; i++) tokens.add(pieces ? "<0x%02X>".formatted(i) : byteCharacter(i));
    for (int i = 0; i < vocabulary - 259; i++) {
      tokens.add((pieces ? "▁" : "Ġ") + (char) ('a' + i % 26) + i);
    }
    int[] types = new int[tokens.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = i == 0 && pieces ? 2 : i < 3 ? 3 : i < 259 && pieces ? 6 : 1;
    }
    float[] scores = new float[types.length];
    for (int i = 0; i < scores.length; i++) scores[i] = -i;
    var gguf =
        new SyntheticGguf()
            .text("general.architecture", "llama")
            .text("general.name", "Loadable")
            .uint32("general.file_type", 0)
            .uint32("llama.block_count", 1)
            .uint32("llama.context_length", 128)
            .uint32("llama.embedding_length", width)
            .uint32("llama.feed_forward_length", width)
            .uint32("llama.attention.head_count", 2)
            .uint32("llama.attention.head_count_kv", 1)
            .uint32("llama.rope.dimension_count", width / 2)
            .float32("llama.rope.freq_base", 10000)
            .float32("llama.rope.scaling.factor", 1)
            .text("llama.rope.scaling.type", "linear")
            .float32("llama.attention.layer_norm_rms_epsilon", 1e-5f)
            .uint32("llama.vocab_size", tokens.size())
            .uint32("llama.expert_count", 0)
            .uint32("llama.expert_used_count", 0)
            .text("tokenizer.ggml.model", pieces ? "llama" : "gpt2")
            .text("tokenizer.ggml.pre", "default")
            .strings("tokenizer.ggml.merges", "Ġ a", "a b", "Ġa 0")
            .strings("tokenizer.ggml.tokens", tokens.toArray(new String[0]))
            .float32s("tokenizer.ggml.scores", scores)
            .int32s("tokenizer.ggml.token_type", types)
            .uint32("tokenizer.ggml.bos_token_id", 1)
            .uint32("tokenizer.ggml.eos_token_id", 2)
            .text("tokenizer.chat_template", "{{ messages[0].content }}")
            .matrix("token_embd.weight", type, width, tokens.size())
            .matrix("output_norm.weight", TensorType.F32, width);
    if (!tied) gguf.matrix("output.weight", type, width, tokens.size());
    for (String name : List.of("attn_norm", "ffn_norm")) {
      gguf.matrix("blk.0." + name + ".weight", TensorType.F32, width);
    }
    for (String name : List.of("attn_q", "attn_output", "ffn_gate", "ffn_up", "ffn_down")) {
      gguf.matrix("blk.0." + name + ".weight", type, width, width);
    }
    for (String name : List.of("attn_k", "attn_v")) {
      gguf.matrix("blk.0." + name + ".weight", type, width, width / 2);
    }
    return gguf;
  }

  /// The character that byte pair vocabularies write for a byte.
  private static String byteCharacter(int value) {
    int shifted = 256;
    for (int i = 0; i < 256; i++) {
      boolean plain = (i >= 33 && i <= 126) || (i >= 161 && i <= 172) || i >= 174;
      if (i == value) return Character.toString(plain ? i : shifted);
      if (!plain) shifted++;
    }
    throw new IllegalArgumentException("no byte " + value);
  }

  /// Changes one to three things of a file that stays a GGUF file: a value, the type of one, a key,
  /// a tensor.
  public SyntheticGguf mutated(RandomGenerator random) {
    for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
      switch (random.nextInt(8)) {
        case 0 -> entries.remove(random.nextInt(entries.size()));
        case 1 -> mutateTensor(random);
        case 2 -> mutateBytes(random);
        case 3 -> {
          Entry entry = entries.get(random.nextInt(entries.size()));
          if (entries.stream().noneMatch(other -> other.key.equals(entry.key + "_kv"))) {
            entries.add(new Entry(entry.key + "_kv", entry.type, entry.value));
          }
        }
        default -> mutateValue(random);
      }
    }
    return this;
  }

  private void mutateValue(RandomGenerator random) {
    int at = random.nextInt(entries.size());
    Entry entry = entries.get(at);
    int type =
        random.nextInt(8) == 0 ? List.of(4, 5, 6, 7, 10, 12).get(random.nextInt(6)) : entry.type;
    entries.set(at, new Entry(entry.key, type, value(type, entry, random)));
  }

  private static byte[] value(int type, Entry entry, RandomGenerator random) {
    int[] whole = {
      0,
      1,
      2,
      3,
      7,
      15,
      16,
      17,
      31,
      33,
      255,
      257,
      512,
      513,
      65536,
      -1,
      Integer.MIN_VALUE,
      Integer.MAX_VALUE
    };
    float[] decimal = {
      0,
      -0f,
      1,
      -1,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      Float.MAX_VALUE,
      1e-30f,
      1e30f
    };
    String[] texts = {
      "",
      "x",
      "gpt2",
      "llama",
      "bert",
      "t5",
      "rwkv",
      "no_vocab",
      "qwen2",
      "phi3",
      "gemma2",
      "gptneox",
      "yarn",
      "longrope",
      "none",
      "\u009b2J",
      "a\0b",
      "%s%n%x",
      "x".repeat(70_000),
      "{{ messages"
    };
    return switch (type) {
      case 4, 5 ->
          ints(random.nextBoolean() ? whole[random.nextInt(whole.length)] : random.nextInt());
      case 6 ->
          ints(
              Float.floatToRawIntBits(
                  random.nextBoolean()
                      ? decimal[random.nextInt(decimal.length)]
                      : random.nextFloat(-100, 100)));
      case 7 -> new byte[] {(byte) random.nextInt(3)};
      case 8 -> string(texts[random.nextInt(texts.length)]);
      case 10, 12 ->
          longs(random.nextBoolean() ? whole[random.nextInt(whole.length)] : random.nextLong());
      default -> flipped(entry.value, random);
    };
  }

  private void mutateBytes(RandomGenerator random) {
    int at = random.nextInt(entries.size());
    Entry entry = entries.get(at);
    entries.set(at, new Entry(entry.key, entry.type, flipped(entry.value, random)));
  }

  private static byte[] flipped(byte[] value, RandomGenerator random) {
    byte[] bytes = value.clone();
    if (bytes.length > 0) bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private void mutateTensor(RandomGenerator random) {
    int at = random.nextInt(tensors.size());
    Tensor old = tensors.get(at);
    long[] shape = old.shape.clone();
    int type = old.type;
    String name = old.name;
    switch (random.nextInt(5)) {
      case 0 -> shape[random.nextInt(shape.length)] = random.nextInt(0, 70);
      case 1 -> type = random.nextInt(0, 40);
      case 2 -> name = random.nextBoolean() ? name + "x" : name.replace("0", "1");
      case 3 -> shape = random.nextBoolean() ? new long[] {shape[0]} : new long[] {shape[0], 1, 1};
      default -> {
        tensors.remove(at);
        return;
      }
    }
    tensors.set(at, new Tensor(name, shape, type, 0, bytes(type, shape)));
    dataBytes = 0;
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      tensors.set(i, new Tensor(tensor.name, tensor.shape, tensor.type, dataBytes, tensor.bytes));
      dataBytes = padded(dataBytes + tensor.bytes);
    }
  }

  private SyntheticGguf matrix(String name, TensorType type, long... shape) {
    long elements = 1;
    for (long side : shape) elements *= side;
    return tensor(name, type.id(), (int) type.bytes(elements), shape);
  }

  private static int bytes(int type, long[] shape) {
    long elements = 1;
    for (long side : shape) elements *= side;
    long all = elements;
    return TensorType.of(type).map(t -> (int) t.bytes(all)).orElse((int) all);
  }

  SyntheticGguf text(String key, String value) {
    return entry(key, 8, string(value));
  }

  public SyntheticGguf uint32(String key, int value) {
    return entry(key, 4, ints(value));
  }

  SyntheticGguf float32(String key, float value) {
    return entry(key, 6, ints(Float.floatToRawIntBits(value)));
  }

  SyntheticGguf float32s(String key, float... values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) bits[i] = Float.floatToRawIntBits(values[i]);
    return entry(key, 9, joined(List.of(ints(6), longs(values.length), ints(bits))));
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
    entries.add(new Entry(key, type, value));
    return this;
  }

  public SyntheticGguf without(String key) {
    entries.removeIf(entry -> entry.key.equals(key));
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

  public byte[] bytes() {
    return withCounts(tensors.size(), entries.size());
  }

  byte[] withCounts(long tensorCount, long entryCount) {
    List<byte[]> parts = new ArrayList<>();
    parts.add("GGUF".getBytes(StandardCharsets.US_ASCII));
    parts.add(ints(version));
    parts.add(longs(tensorCount, entryCount));
    for (Entry entry : entries) parts.add(entry.bytes());
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
