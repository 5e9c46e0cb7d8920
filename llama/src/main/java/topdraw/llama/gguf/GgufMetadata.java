package topdraw.llama.gguf;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import topdraw.llama.file.Printable;

/// The key-value part of a GGUF header. Short values that decide something are kept; everything
/// else is measured and stepped over.
final class GgufMetadata {
  private static final int KEY_BYTES = 1 << 10;
  private static final int STRING_BYTES = 16 << 20;
  private static final int KEPT_STRING_BYTES = 1 << 10;
  private static final int ARRAY_LENGTH = 1 << 24;

  private static final String ALIGNMENT = "general.alignment";
  private static final int MAX_ALIGNMENT = 1 << 16;

  /// Longer lists of whole numbers decide nothing.
  private static final int KEPT_NUMBERS = 512;

  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String TOKENIZER = "tokenizer.ggml.model";
  private static final String TEMPLATE = "tokenizer.chat_template";

  private static final int UINT8 = 0;
  private static final int UINT16 = 2;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int UINT64 = 10;
  private static final int INT64 = 11;
  private static final int FLOAT64 = 12;

  /// Bytes of one value by type number, 0 where the length stands in the file.
  private static final int[] WIDTH = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  /// @param numbers what is in it, of short lists of whole numbers
  private record Array(long place, int type, long length, long[] numbers) {}

  private record Fraction(long place, double value) {}

  private record Whole(long place, int type, long value) {}

  private final GgufReader in;
  private final Set<String> keys = new HashSet<>();
  private final Map<String, String> strings = new HashMap<>();
  private final Map<String, Whole> numbers = new HashMap<>();
  private final Map<String, Fraction> fractions = new LinkedHashMap<>();
  private final Map<String, Array> arrays = new HashMap<>();
  private final Map<String, Long> places = new HashMap<>();
  private final GgufVocabulary vocabulary;

  private GgufMetadata(GgufReader in) {
    this.in = in;
    vocabulary = new GgufVocabulary(in);
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

  /// The whole number under `key`, refused outside `[least, most]`.
  long whole(String key, long least, long most) {
    Whole number = numbers.get(key);
    if (number == null) throw in.refuse(place(key), "the metadata has no number " + shown(key));
    requireBetween(key, number.place, number.value, least, most);
    return number.value;
  }

  /// Like [#whole] where the key is there; many families leave it out.
  void optional(String key, long least, long most) {
    if (keys.contains(key)) whole(key, least, most);
  }

  /// The numbers under `key`, one for all layers or one for each; none where it is left out.
  long[] perLayer(String key, int layers, long least, long most) {
    Array array = arrays.get(key);
    if (array == null) {
      return keys.contains(key) ? new long[] {whole(key, least, most)} : new long[0];
    }
    if ((array.type != INT32 && array.type != UINT32) || array.length != layers) {
      throw in.refuse(
          array.place,
          shown(key) + " does not hold one whole number for each of the " + layers + " layers");
    }
    for (long number : array.numbers) requireBetween(key, array.place, number, least, most);
    return array.numbers;
  }

  private void requireBetween(String key, long place, long value, long least, long most) {
    if (value < least || value > most) {
      throw in.refuse(place, shown(key) + " is " + value + ", expected " + least + " to " + most);
    }
  }

  /// Refuses a number under `key` outside `[least, most]`; it may be missing.
  void decimal(String key, double least, double most) {
    if (!keys.contains(key)) return;
    Fraction number = fractions.get(key);
    if (number == null)
      throw in.refuse(place(key), shown(key) + " is not a number with a fraction");
    if (!(number.value >= least && number.value <= most)) {
      throw in.refuse(
          number.place, shown(key) + " is " + number.value + ", expected " + least + " to " + most);
    }
  }

  /// Refuses a value under `key` that is no `uint32`, which the native code asserts; it may be
  /// missing.
  void requireUnsigned(String key) {
    if (!keys.contains(key)) return;
    Whole number = numbers.get(key);
    if (number == null || number.type != UINT32) {
      throw in.refuse(place(key), shown(key) + " is not a uint32");
    }
  }

  /// Refuses any number that is infinite or none at all.
  void requireFinite() {
    fractions.forEach(
        (key, number) -> {
          if (!Double.isFinite(number.value)) {
            throw in.refuse(
                number.place, shown(key) + " is " + number.value + ", expected a finite number");
          }
        });
  }

  /// Refuses a word under `key` that is none of these; it may be missing.
  void word(String key, Set<String> words) {
    if (!keys.contains(key)) return;
    String word = string(key, "");
    if (!words.contains(word)) {
      throw in.refuse(
          place(key),
          shown(key) + " is " + shown(word) + ", expected one of " + new TreeSet<>(words));
    }
  }

  /// Where the value of a key lies, or where the metadata ends.
  long place(String key) {
    return places.getOrDefault(key, in.position());
  }

  /// How many tokens the vocabulary has.
  long tokens() {
    return vocabulary.count();
  }

  /// Where tensors may begin; the native reader aborts the process unless it is a `uint32`.
  long alignment() {
    if (!keys.contains(ALIGNMENT)) return 32;
    long alignment = whole(ALIGNMENT, 1, MAX_ALIGNMENT);
    Whole number = Objects.requireNonNull(numbers.get(ALIGNMENT));
    if (number.type != UINT32 || Long.bitCount(alignment) != 1) {
      throw in.refuse(
          number.place, shown(ALIGNMENT) + " is " + alignment + ", expected a uint32 power of two");
    }
    return alignment;
  }

  /// A name from the file made safe to print: no control characters, no unbounded length.
  static String shown(String text) {
    String clean = Printable.text(text);
    return '"' + (clean.length() > 64 ? clean.substring(0, 64) + "…" : clean) + '"';
  }

  private void readEntry() throws IOException {
    long place = in.position();
    String key = in.string("a metadata key", KEY_BYTES);
    if (key.isEmpty()) throw in.refuse(place, "a metadata key is empty");
    if (!keys.add(key)) throw in.refuse(place, "the key " + shown(key) + " comes twice");
    int type = type(key);
    places.put(key, in.position());
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
    long place = in.position();
    boolean kept =
        key.startsWith("general.") || key.equals(TOKENIZER) || key.endsWith(".rope.scaling.type");
    int length = in.stringLength(shown(key), STRING_BYTES);
    if (key.equals(TEMPLATE)) checkTemplate(length, place);
    else if (kept && length <= KEPT_STRING_BYTES) strings.put(key, in.text(length));
    else in.skip(length);
  }

  /// The native code hands it out as text that ends at its first byte 0.
  private void checkTemplate(int length, long place) throws IOException {
    if (length > GgufHeader.LONGEST_TEMPLATE) {
      throw in.refuse(
          place,
          "the chat template has " + length + " bytes, more than " + GgufHeader.LONGEST_TEMPLATE);
    }
    if (in.text(length).indexOf('\0') >= 0) {
      throw in.refuse(place, "the chat template has a byte 0 in it");
    }
  }

  private void readNumber(String key, int type) throws IOException {
    long place = in.position();
    switch (type) {
      case UINT8 -> numbers.put(key, new Whole(place, type, in.u8()));
      case UINT16 -> numbers.put(key, new Whole(place, type, in.u16()));
      case UINT32 -> numbers.put(key, new Whole(place, type, in.u32()));
      case INT32 -> numbers.put(key, new Whole(place, type, (int) in.u32()));
      case FLOAT32 -> fractions.put(key, new Fraction(place, Float.intBitsToFloat((int) in.u32())));
      case FLOAT64 -> fractions.put(key, new Fraction(place, Double.longBitsToDouble(in.bits64())));
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
    boolean kept = (type == INT32 || type == UINT32) && length <= KEPT_NUMBERS;
    long[] values = new long[kept ? (int) length : 0];
    arrays.put(key, new Array(place, type, length, values));
    if (kept) {
      for (int i = 0; i < values.length; i++) {
        long bits = in.u32();
        values[i] = type == INT32 ? (int) bits : bits;
      }
    } else if (type == STRING && key.equals(TOKENS)) {
      vocabulary.read(length);
    } else if (type == STRING) {
      skipStrings("a string of " + shown(key), length);
    } else if (type == FLOAT32) {
      readFractions(key, length);
    } else {
      in.skip(length * WIDTH[type]);
    }
  }

  private void readFractions(String key, long length) throws IOException {
    for (long i = 0; i < length; i++) {
      long place = in.position();
      float value = Float.intBitsToFloat((int) in.u32());
      if (!Float.isFinite(value)) {
        throw in.refuse(place, shown(key) + " holds " + value + ", expected finite numbers");
      }
    }
  }

  private void skipStrings(String what, long count) throws IOException {
    for (long i = 0; i < count; i++) in.skip(in.stringLength(what, STRING_BYTES));
  }

  /// The native code reads scores and token types for every token without asking how many there
  /// are.
  private void checkVocabulary() {
    Array tokens = arrays.get(TOKENS);
    if (tokens == null)
      throw in.refuse(in.position(), "the metadata has no \"tokenizer.ggml.tokens\"");
    if (tokens.type != STRING || tokens.length == 0) {
      throw in.refuse(tokens.place, "\"tokenizer.ggml.tokens\" is not a list of strings");
    }
    checkBeside(tokens, "tokenizer.ggml.scores", FLOAT32);
    checkBeside(tokens, "tokenizer.ggml.token_type", INT32);
    checkTokenizer();
  }

  /// Of the native code's tokenizers the two that decoders have.
  private void checkTokenizer() {
    if (!keys.contains(TOKENIZER)) {
      throw in.refuse(in.position(), "the metadata has no " + shown(TOKENIZER));
    }
    word(TOKENIZER, Set.of("gpt2", "llama"));
    if (string(TOKENIZER, "").equals("llama")) {
      vocabulary.requireBytes();
      return;
    }
    Array merges = arrays.get("tokenizer.ggml.merges");
    if (merges == null || merges.type != STRING) {
      throw in.refuse(
          place("tokenizer.ggml.merges"), "\"tokenizer.ggml.merges\" is not a list of strings");
    }
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
