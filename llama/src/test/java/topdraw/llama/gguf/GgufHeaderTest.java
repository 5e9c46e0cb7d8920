package topdraw.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.input.InputException;

class GgufHeaderTest {
  private static final long HUGE = 0x7fff_ffff_ffff_fff0L;

  @TempDir Path folder;

  @Test
  void aSoundFileIsRead() throws IOException {
    assertThat(GgufHeader.read(file(SyntheticGguf.sound().bytes())))
        .isEqualTo(
            new GgufHeader(
                "llama",
                "Tiny",
                "Q4_1",
                128,
                128,
                new GgufShape(
                    SyntheticGguf.sound().bytes().length, 64, 3, 32, Map.of("Q4_1", 60L))));
  }

  /// Two heads of 16 numbers in a layer, unless the header says otherwise.
  @Test
  void whatTheCacheKeepsForATokenIsReckonedLayerByLayer() throws IOException {
    SyntheticGguf two =
        SyntheticGguf.sound().without("llama.block_count").uint32("llama.block_count", 2);
    assertThat(shape(two).cacheNumbers()).isEqualTo(2 * 2 * (16 + 16));
    two.uint32("llama.attention.key_length", 16).uint32("llama.attention.value_length", 8);
    assertThat(shape(two).cacheNumbers()).isEqualTo(2 * 2 * (16 + 8));
    two.int32s("llama.attention.head_count_kv", 1, 2);
    assertThat(shape(two).cacheNumbers()).isEqualTo((1 + 2) * (16 + 8));
  }

  @Test
  void aTableThatTokensAreOnlyLookedUpInIsNotMultipliedWith() throws IOException {
    SyntheticGguf gguf = SyntheticGguf.sound();
    assertThat(shape(gguf).matrices()).containsExactly(Map.entry("Q4_1", 60L));
    gguf.tensor("output.weight", 8, 102, 32, 3);
    assertThat(shape(gguf).matrices()).containsExactly(Map.entry("Q8_0", 102L));
  }

  private GgufShape shape(SyntheticGguf gguf) throws IOException {
    return GgufHeader.read(file(gguf.bytes())).shape();
  }

  @Test
  void versionTwoIsRead() throws IOException {
    SyntheticGguf gguf = SyntheticGguf.sound();
    gguf.version = 2;

    assertThat(GgufHeader.read(file(gguf.bytes())).name()).isEqualTo("Tiny");
  }

  @Test
  void anUnknownFileTypeIsNamedByTheTensorsThatHoldMostBytes() throws IOException {
    byte[] bytes = bytesWith("general.file_type", 4, 999);

    assertThat(GgufHeader.read(file(bytes)).quantization()).isEqualTo("F32");
  }

  /// Escape, the control sequence introducer above ASCII, a mark that turns the direction, a line
  /// break of Unicode.
  @ParameterizedTest(name = "{index}")
  @ValueSource(strings = {"\u001b", "\u009b", "\u202e", "\u2028"})
  void aNameCannotCarryTerminalCodes(String code) throws IOException {
    SyntheticGguf gguf =
        SyntheticGguf.sound().without("general.name").text("general.name", "a" + code + "[2J");

    assertThat(GgufHeader.read(file(gguf.bytes())).name()).isEqualTo("a?[2J");
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("empty", new byte[0], "byte 0, the file is empty"),
        fault("garbage", "<html>no such page</html>".getBytes(StandardCharsets.UTF_8), "GGUF"),
        fault("only the magic", "GGUF".getBytes(StandardCharsets.UTF_8), "byte 4, the file ends"),
        fault("version 1", version(1), "the GGUF version is 1, expected 2 or 3"),
        fault("big-endian", version(0x0300_0000), "big-endian"),
        fault("no tensors", SyntheticGguf.sound().withCounts(0, 9), "no tensors"),
        fault("absurd tensors", SyntheticGguf.sound().withCounts(HUGE, 9), "number of tensors"),
        fault("negative tensors", SyntheticGguf.sound().withCounts(-1, 9), "18446744073709551615"),
        fault("absurd entries", SyntheticGguf.sound().withCounts(2, HUGE), "metadata entries"),
        fault("key twice", SyntheticGguf.sound().uint32("llama.block_count", 1), "comes twice"),
        fault("unknown type", with("x", 13, SyntheticGguf.ints(1)), "\"x\" has type 13"),
        fault(
            "string past the end",
            with("x", 8, SyntheticGguf.longs(1 << 20)),
            "the file ends after"),
        fault(
            "absurd string",
            with("x", 8, SyntheticGguf.longs(HUGE)),
            "\"x\" is 9223372036854775792 bytes"),
        fault("nested array", array("x", 9, 1), "array of arrays"),
        fault("absurd array", array("x", 10, HUGE), "the length of the array \"x\""),
        fault("array past the end", array("x", 10, 1 << 20), "the file ends"),
        fault("strings past the end", array("x", 8, 1 << 20), "at byte "),
        fault("split", SyntheticGguf.sound().uint32("split.count", 2), "split over several files"),
        fault(
            "alignment 48",
            SyntheticGguf.sound().uint32("general.alignment", 48),
            "expected a uint32 power of two"),
        fault(
            "alignment of a type the native code aborts on",
            SyntheticGguf.sound().uint64("general.alignment", 32),
            "expected a uint32 power of two"),
        fault("no layers", replaced("llama.block_count", "llama.block_kount"), "block_count"),
        fault("no vocabulary", replaced("ggml.tokens", "ggml.tokenz"), "tokenizer.ggml.tokens"),
        fault("no architecture", replaced("general.arch", "general.orch"), "is \"\""),
        fault(
            "scores for some tokens only",
            SyntheticGguf.sound().int32s("tokenizer.ggml.scores", 1),
            "one number for each of the 3 tokens"),
        fault("heads 0", bytesWith("llama.attention.head_count", 4, 0), "expected 1 to"),
        fault("tensor twice", tensor("output_norm.weight", 0, 128, 32), "comes twice"),
        fault("unknown tensor type", tensor("x", 39, 128, 32), "type 39, unknown to this engine"),
        fault("no dimensions", tensor("x", 0, 4), "0 dimensions"),
        fault("five dimensions", tensor("x", 0, 4, 1, 1, 1, 1, 1), "5 dimensions"),
        fault("dimension 0", tensor("x", 0, 4, 0), "dimension of 0"),
        fault("half a block", tensor("x", 3, 20, 33, 1), "not whole blocks of Q4_1"),
        fault("elements overflow", tensor("x", 0, 4, HUGE / 2, HUGE), "more than 2^63 elements"),
        fault("bytes overflow", tensor("x", 0, 4, HUGE), "larger than the file"),
        fault("tensor past the end", tensor("x", 0, 4, 64), "the tensors need"),
        fault(
            "tensor over another",
            SyntheticGguf.sound().tensorAt(0, "x", 0, 128, 32),
            "begins at 0 in the data, expected 192"),
        fault(
            "tensor far away",
            SyntheticGguf.sound().tensorAt(-32, "x", 0, 128, 32),
            "the offset of the tensor"),
        fault("a vector of another type", tensor("x", 1, 64, 32), "1 dimensions of F16"),
        fault("a matrix of whole numbers", tensor("x", 26, 128, 32, 1), "2 dimensions of I32"),
        fault(
            "eps is none",
            decimal("llama.attention.layer_norm_rms_epsilon", Float.NaN),
            "layer_norm_rms_epsilon\" is NaN"),
        fault(
            "eps 0",
            decimal("llama.attention.layer_norm_rms_epsilon", 0),
            "layer_norm_rms_epsilon\" is 0.0"),
        fault(
            "eps below 0",
            decimal("llama.attention.layer_norm_rms_epsilon", -1),
            "layer_norm_rms_epsilon\" is -1.0"),
        fault(
            "eps infinite",
            decimal("llama.attention.layer_norm_rms_epsilon", Float.POSITIVE_INFINITY),
            "is Infinity"),
        fault(
            "eps a whole number",
            more().uint32("llama.attention.layer_norm_epsilon", 1),
            "layer_norm_epsilon\" is not a number with a fraction"),
        fault(
            "rope base none",
            more().float32("llama.rope.freq_base", Float.NaN),
            "rope.freq_base\" is NaN"),
        fault(
            "rope base 0",
            more().float32("llama.rope.freq_base", 0),
            "rope.freq_base\" is 0.0, expected 1.0"),
        fault(
            "rope scale none",
            more().float32("llama.rope.scaling.factor", Float.NaN),
            "rope.scaling.factor\" is NaN"),
        fault(
            "rope scale negative",
            more().float32("llama.rope.scaling.factor", -1),
            "rope.scaling.factor\" is -1.0"),
        fault(
            "rope scaling unknown",
            more().text("llama.rope.scaling.type", "magic"),
            "rope.scaling.type\" is \"magic\", expected one of [linear, longrope, none, yarn]"),
        fault(
            "rope dimensions odd",
            more().uint32("llama.rope.dimension_count", 15),
            "rope.dimension_count\" is 15, which does not fit heads of 16"),
        fault(
            "rope dimensions too many",
            more().uint32("llama.rope.dimension_count", 32),
            "rope.dimension_count\" is 32"),
        fault(
            "rope dimensions too few",
            more().uint32("llama.rope.dimension_count", 8),
            "rope.dimension_count\" is 8"),
        fault(
            "a file type of a type the native code aborts on",
            more().without("general.file_type").uint64("general.file_type", 0),
            "\"general.file_type\" is not a uint32"),
        fault(
            "any number none",
            more().float32("llama.whatever", Float.NaN),
            "\"llama.whatever\" is NaN"),
        fault(
            "any double none",
            more()
                .entry(
                    "llama.whatever", 12, SyntheticGguf.longs(Double.doubleToLongBits(Double.NaN))),
            "\"llama.whatever\" is NaN"),
        fault(
            "a list holds none",
            more().float32s("llama.list", 1, Float.NaN),
            "\"llama.list\" holds NaN"),
        fault(
            "heads that do not divide",
            bytesWith("llama.attention.head_count", 4, 3),
            "head_count\" is 3, which does not divide the embedding length of 32"),
        fault(
            "heads beyond the embedding",
            bytesWith("llama.attention.head_count", 4, 64),
            "which does not divide the embedding length"),
        fault(
            "heads for each layer, too many",
            headless().int32s("llama.attention.head_count", 2, 2),
            "one whole number for each of the 1 layers"),
        fault(
            "heads for each layer, of 0",
            headless().int32s("llama.attention.head_count", 0),
            "head_count\" is 0"),
        fault(
            "heads for each layer, fractions",
            headless().float32s("llama.attention.head_count", 2),
            "one whole number for each"),
        fault("no heads", headless(), "no number \"llama.attention.head_count\""),
        fault(
            "shared heads that do not divide",
            more().uint32("llama.attention.head_count_kv", 3),
            "head_count_kv\" is 3, which does not divide the 2 heads"),
        fault(
            "shared heads 0",
            more().uint32("llama.attention.head_count_kv", 0),
            "head_count_kv\" is 0"),
        fault("embedding 0", bytesWith("llama.embedding_length", 4, 0), "embedding_length\" is 0"),
        fault(
            "embedding huge",
            bytesWith("llama.embedding_length", 4, -1),
            "embedding_length\" is 4294967295"),
        fault("context 0", bytesWith("llama.context_length", 4, 0), "context_length\" is 0"),
        fault("layers 513", bytesWith("llama.block_count", 4, 513), "block_count\" is 513"),
        fault(
            "feed forward huge",
            more().uint32("llama.feed_forward_length", -1),
            "feed_forward_length\" is 4294967295"),
        fault("experts 257", more().uint32("llama.expert_count", 257), "expert_count\" is 257"),
        fault(
            "experts unused",
            more().uint32("llama.expert_count", 8),
            "expert_used_count\" is 0, which does not fit 8 experts"),
        fault(
            "more experts used",
            more().uint32("llama.expert_used_count", 2),
            "expert_used_count\" is 2, which does not fit 0 experts"),
        fault(
            "vocabulary of another size",
            more().uint32("llama.vocab_size", 4),
            "vocab_size\" is 4, but there are 3 tokens"),
        fault("a token twice", tokens("gpt2", "a", "b", "a"), "the token \"a\" comes twice"),
        fault(
            "a token without a name that another has",
            tokens("gpt2", "", "[EMPTY_0]"),
            "comes twice"),
        fault("a token with a byte 0", tokens("gpt2", "a\0"), "a token has a byte 0"),
        fault(
            "a tokenizer without its bytes",
            tokens("llama", "a", "b"),
            "the tokens lack the byte <0x00>"),
        fault(
            "a tokenizer of encoders",
            tokens("bert", "a"),
            "tokenizer.ggml.model\" is \"bert\", expected one of [gpt2, llama]"),
        fault(
            "an encoder",
            new SyntheticGguf()
                .text("general.architecture", "bert")
                .text("tokenizer.ggml.model", "gpt2")
                .strings("tokenizer.ggml.merges", "a b")
                .strings("tokenizer.ggml.tokens", "a")
                .tensor("x", 0, 4, 1),
            "only decoders can be drawn from"),
        fault(
            "no tokenizer",
            replaced("tokenizer.ggml.model", "tokenizer.ggml.modem"),
            "no \"tokenizer.ggml.model\""),
        fault(
            "a tokenizer without its merges",
            replaced("ggml.merges", "ggml.mergez"),
            "merges\" is not a list of strings"),
        fault(
            "a template with a byte 0",
            more().text("tokenizer.chat_template", "a\0b"),
            "the chat template has a byte 0"),
        fault(
            "a template of 2 MB",
            more().text("tokenizer.chat_template", "x".repeat(2 << 20)),
            "the chat template has 2097152 bytes"),
        fault("long tensor name", tensor("x".repeat(64), 0, 4, 1), "a tensor's name is 64 bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aFaultIsRefusedInOneLineWithFilePlaceAndFix(String name, byte[] bytes, String words)
      throws IOException {
    Path file = file(bytes);

    assertThatIllegalArgumentException()
        .as(name)
        .isThrownBy(() -> GgufHeader.read(file))
        .withMessageStartingWith(file + ": not a usable GGUF model: at byte ")
        .withMessageContaining(words)
        .withMessageEndingWith("choose another with model FILE.gguf")
        .withMessageNotContaining("\n");
  }

  @Test
  void aMissingFileAndAFolderAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GgufHeader.read(folder.resolve("none.gguf")))
        .withMessageContaining("no such file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GgufHeader.read(folder))
        .withMessageContaining("is a folder");
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  /// Whatever happens to the bytes, the answer is a header or the one clear refusal.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void damageIsReadOrRefused(long seed) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 5; i++) readOrRefused(damaged(SyntheticGguf.sound().bytes(), random));
  }

  private void readOrRefused(byte[] bytes) throws IOException {
    Path file = file(bytes);
    try {
      assertThat(GgufHeader.read(file).contextLength()).isPositive();
    } catch (IllegalArgumentException refusal) {
      assertThat(refusal).isExactlyInstanceOf(InputException.class);
      assertThat(refusal.getMessage()).startsWith(file + ": not a usable GGUF model: at byte ");
    }
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Path file = file(SyntheticGguf.sound().bytes());
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long length = channel.size() - 1; length >= 0; length--) {
        channel.truncate(length);

        assertThatThrownBy(() -> GgufHeader.read(file))
            .as("%d bytes", length)
            .isExactlyInstanceOf(InputException.class);
      }
    }
  }

  private static byte[] damaged(byte[] sound, RandomGenerator random) {
    byte[] bytes = sound.clone();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    switch (random.nextInt(3)) {
      case 0 -> {
        for (int flips = random.nextInt(1, 9); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> buffer.putLong(random.nextInt(bytes.length - 7), random.nextLong());
      default -> {
        long absurd = Long.MAX_VALUE >>> random.nextInt(64);
        buffer.putLong(random.nextInt(bytes.length - 7), absurd);
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
    }
    return bytes;
  }

  private static SyntheticGguf more() {
    return SyntheticGguf.sound();
  }

  private static SyntheticGguf headless() {
    return SyntheticGguf.sound().without("llama.attention.head_count");
  }

  private static SyntheticGguf decimal(String key, float value) {
    return SyntheticGguf.sound().without(key).float32(key, value);
  }

  private static SyntheticGguf tokens(String tokenizer, String... tokens) {
    return SyntheticGguf.sound()
        .without("tokenizer.ggml.model")
        .without("tokenizer.ggml.tokens")
        .without("tokenizer.ggml.token_type")
        .text("tokenizer.ggml.model", tokenizer)
        .strings("tokenizer.ggml.tokens", tokens);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.gguf"), bytes);
  }

  private static Arguments fault(String name, SyntheticGguf gguf, String words) {
    return fault(name, gguf.bytes(), words);
  }

  private static Arguments fault(String name, byte[] bytes, String words) {
    return Arguments.of(name, bytes, words);
  }

  private static byte[] version(int version) {
    SyntheticGguf gguf = SyntheticGguf.sound();
    gguf.version = version;
    return gguf.bytes();
  }

  private static SyntheticGguf with(String key, int type, byte[] value) {
    return SyntheticGguf.sound().entry(key, type, value);
  }

  private static SyntheticGguf array(String key, int type, long length) {
    byte[] start =
        ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(type).putLong(length).array();
    return with(key, 9, start);
  }

  private static SyntheticGguf tensor(String name, int type, int bytes, long... shape) {
    return SyntheticGguf.sound().tensor(name, type, bytes, shape);
  }

  private static byte[] bytesWith(String key, int keyTypeBytes, int value) {
    byte[] bytes = SyntheticGguf.sound().bytes();
    int place = indexOf(bytes, key) + key.length() + keyTypeBytes;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(place, value);
    return bytes;
  }

  private static byte[] replaced(String from, String to) {
    return replaced(SyntheticGguf.sound().bytes(), from, to);
  }

  private static byte[] replaced(byte[] bytes, String from, String to) {
    ByteBuffer.wrap(bytes).put(indexOf(bytes, from), to.getBytes(StandardCharsets.ISO_8859_1));
    return bytes;
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
