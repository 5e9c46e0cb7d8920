package topdraw.llama;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The key-value part of a GGUF header. Short values that decide something are kept; everything
/// else, the vocabulary above all, is measured and stepped over.
final class GgufMetadata {
  private static final int KEY_BYTES = 1 << 10;
  private static final int STRING_BYTES = 16 << 20;
  private static final int KEPT_STRING_BYTES = 1 << 10;
  private static final int ARRAY_LENGTH = 1 << 24;

  private static final String ALIGNMENT = "general.alignment";
  private static final int MAX_ALIGNMENT = 1 << 16;

  private static final int UINT8 = 0;
  private static final int UINT16 = 2;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int UINT64 = 10;
  private static final int INT64 = 11;

  /// Bytes of one value by type number, 0 where the length stands in the file.
  private static final int[] WIDTH = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  private record Array(long place, int type, long length) {}

  private record Whole(long place, int type, long value) {}

  private final GgufReader in;
  private final Set<String> keys = new HashSet<>();
  private final Map<String, String> strings = new HashMap<>();
  private final Map<String, Whole> numbers = new HashMap<>();
  private final Map<String, Array> arrays = new HashMap<>();

  private GgufMetadata(GgufReader in) {
    this.in = in;
  }

  static GgufMetadata read(GgufReader in, long count) throws IOException {
    var metadata = new GgufMetadata(in);
    for (long i = 0; i < count; i++) metadata.readEntry();
    metadata.checkVocabulary();
    return metadata;
  }

  String string(String key, String otherwise) {
    return strings.getOrDefault(key, otherwise);
  }

  long number(String key, long otherwise) {
    Whole number = numbers.get(key);
    return number == null ? otherwise : number.value;
  }

  /// The whole number under `key`, refused outside `[1, limit]`: the native code divides by some.
  long required(String key, long limit) {
    Whole number = numbers.get(key);
    if (number == null) throw in.refuse(in.position(), "the metadata has no number " + shown(key));
    if (number.value < 1 || number.value > limit) {
      throw in.refuse(
          number.place, shown(key) + " is " + number.value + ", expected 1 to " + limit);
    }
    return number.value;
  }

  /// Like [#required] where the key is there; some families leave it out or hold a list.
  void optional(String key, long limit) {
    if (numbers.containsKey(key)) required(key, limit);
  }

  /// Where tensors may begin; the native reader aborts the process unless it is a `uint32`.
  long alignment() {
    if (!keys.contains(ALIGNMENT)) return 32;
    long alignment = required(ALIGNMENT, MAX_ALIGNMENT);
    Whole number = Objects.requireNonNull(numbers.get(ALIGNMENT));
    if (number.type != UINT32 || Long.bitCount(alignment) != 1) {
      throw in.refuse(
          number.place, shown(ALIGNMENT) + " is " + alignment + ", expected a uint32 power of two");
    }
    return alignment;
  }

  /// A name from the file made safe to print: no control characters, no unbounded length.
  static String shown(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    return '"' + (clean.length() > 64 ? clean.substring(0, 64) + "…" : clean) + '"';
  }

  private void readEntry() throws IOException {
    long place = in.position();
    String key = in.string("a metadata key", KEY_BYTES);
    if (key.isEmpty()) throw in.refuse(place, "a metadata key is empty");
    if (!keys.add(key)) throw in.refuse(place, "the key " + shown(key) + " comes twice");
    int type = type(key);
    switch (type) {
      case STRING -> readString(key);
      case ARRAY -> readArray(key);
      default -> readNumber(key, type);
    }
  }

  private int type(String key) throws IOException {
    long place = in.position();
    long type = in.u32();
    if (type >= WIDTH.length) {
      throw in.refuse(place, shown(key) + " has type " + type + ", expected 0 to 12");
    }
    return (int) type;
  }

  private void readString(String key) throws IOException {
    boolean kept = key.startsWith("general.");
    int length = in.stringLength(shown(key), STRING_BYTES);
    if (kept && length <= KEPT_STRING_BYTES) strings.put(key, in.text(length));
    else in.skip(length);
  }

  private void readNumber(String key, int type) throws IOException {
    long place = in.position();
    switch (type) {
      case UINT8 -> numbers.put(key, new Whole(place, type, in.u8()));
      case UINT16 -> numbers.put(key, new Whole(place, type, in.u16()));
      case UINT32 -> numbers.put(key, new Whole(place, type, in.u32()));
      case INT32 -> numbers.put(key, new Whole(place, type, (int) in.u32()));
      case UINT64, INT64 -> numbers.put(key, new Whole(place, type, in.bits64()));
      default -> in.skip(WIDTH[type]);
    }
  }

  private void readArray(String key) throws IOException {
    long place = in.position();
    int type = type(key);
    if (type == ARRAY) {
      throw in.refuse(place, shown(key) + " is an array of arrays, which no model needs");
    }
    long length = in.u64("the length of the array " + shown(key), ARRAY_LENGTH);
    arrays.put(key, new Array(place, type, length));
    if (type == STRING) skipStrings("a string of " + shown(key), length);
    else in.skip(length * WIDTH[type]);
  }

  private void skipStrings(String what, long count) throws IOException {
    for (long i = 0; i < count; i++) in.skip(in.stringLength(what, STRING_BYTES));
  }

  /// The native code reads scores and token types for every token without asking how many there
  /// are.
  private void checkVocabulary() {
    Array tokens = arrays.get("tokenizer.ggml.tokens");
    if (tokens == null)
      throw in.refuse(in.position(), "the metadata has no \"tokenizer.ggml.tokens\"");
    if (tokens.type != STRING || tokens.length == 0) {
      throw in.refuse(tokens.place, "\"tokenizer.ggml.tokens\" is not a list of strings");
    }
    checkBeside(tokens, "tokenizer.ggml.scores", FLOAT32);
    checkBeside(tokens, "tokenizer.ggml.token_type", INT32);
  }

  private void checkBeside(Array tokens, String key, int type) {
    Array array = arrays.get(key);
    if (array == null && !keys.contains(key)) return;
    if (array == null || array.type != type || array.length != tokens.length) {
      throw in.refuse(
          array == null ? in.position() : array.place,
          shown(key) + " does not hold one number for each of the " + tokens.length + " tokens");
    }
  }
}
