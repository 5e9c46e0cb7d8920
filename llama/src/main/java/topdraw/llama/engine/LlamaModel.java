package topdraw.llama.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.file.ModelFile;
import topdraw.llama.gguf.GgufHeader;

/// A model loaded by llama.cpp: its vocabulary and its chat template. The weights stay in the file,
/// mapped into memory.
public final class LlamaModel implements AutoCloseable {
  /// Whether there is memory for less than this is not asked.
  private static final long SMALL_FILE = 1 << 28;

  private static final int SMALL_CACHE = 1 << 14;

  private final LlamaLibrary library;
  private final MemorySegment model;
  private final ModelFile file;
  private final MemorySegment vocabulary;
  private final int vocabularySize;
  private final int trainedContext;
  private int longestPiece; // 0 until it is asked for
  private boolean closed;

  private LlamaModel(LlamaLibrary library, MemorySegment model, ModelFile file) {
    this.library = library;
    this.model = model;
    this.file = file;
    vocabulary = library.vocabulary(model);
    vocabularySize = library.vocabularySize(vocabulary);
    trainedContext = library.trainedContext(model);
  }

  /// Loads a model whose header has been checked.
  ///
  /// @param file the model
  /// @param build of llama.cpp
  /// @return the model; the caller closes it
  /// @throws InputException if the file is missing, or llama.cpp refuses it
  /// @throws IllegalStateException if llama.cpp's library cannot be used on this machine, or has
  ///   not been fetched
  public static LlamaModel load(ModelFile file, EngineBuild build) {
    return load(file, build, 1, 1);
  }

  /// Loads a model whose header has been checked, to draw from in a cache of that size.
  ///
  /// @param file the model
  /// @param build of llama.cpp
  /// @param cells tokens that the cache will hold at least
  /// @param slots completions drawn side by side
  /// @return the model; the caller closes it
  /// @throws InputException if the file is missing, llama.cpp refuses it, or the machine does not
  ///   have the memory
  /// @throws IllegalStateException if llama.cpp's library cannot be used on this machine, or has
  ///   not been fetched
  public static LlamaModel load(ModelFile file, EngineBuild build, int cells, int slots) {
    if (!Files.isRegularFile(file.path())) {
      throw new InputException(Problem.MISSING, "no model file at " + file.path());
    }
    requireRoom(file, build, cells, slots);
    LlamaLibrary library = LlamaLibrary.load(build);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = library.modelDefaultParams(arena);
      // On the processor only: a graphics card would draw other bits.
      build.modelParams().set(params, "n_gpu_layers", 0);
      build.modelParams().set(params, "check_tensors", 1);
      MemorySegment model = library.loadModel(arena.allocateFrom(file.path().toString()), params);
      if (model.equals(MemorySegment.NULL)) {
        throw new InputException(
            Problem.MALFORMED,
            "llama.cpp %s cannot load %s: damaged, of a kind newer than this build, or memory is short (it takes %s)"
                .formatted(
                    build.label(),
                    file.path(),
                    ModelMemory.gigabytes(memory(file, build, cells, slots).all())));
      }
      return supported(new LlamaModel(library, model, file));
    }
  }

  private static LlamaModel supported(LlamaModel loaded) {
    if (loaded.library.isRecurrent(loaded.model) || loaded.library.hasEncoder(loaded.model)) {
      loaded.close();
      throw new InputException(
          Problem.UNSUPPORTED,
          loaded.file.path()
              + " is a recurrent or encoder-decoder model; only decoders can be drawn from");
    }
    return loaded;
  }

  /// The memory that drawing takes.
  ///
  /// @param cells tokens that the cache is to hold
  /// @param slots completions drawn side by side
  ModelMemory memory(int cells, int slots) {
    return memory(file, library.build(), cells, slots);
  }

  private static ModelMemory memory(ModelFile file, EngineBuild build, int cells, int slots) {
    return ModelMemory.of(GgufHeader.read(file.path()), build, cells, slots);
  }

  /// Makes sure that there is memory to draw in.
  ///
  /// @param cells tokens that the cache is to hold
  /// @param slots completions drawn side by side
  /// @throws InputException if the machine does not have it
  void requireRoom(int cells, int slots) {
    requireRoom(file, library.build(), cells, slots);
  }

  private static void requireRoom(ModelFile file, EngineBuild build, int cells, int slots) {
    // Reading a header takes a cold JVM a tenth of a second, which the default model is spared.
    if (cells <= SMALL_CACHE && file.path().toFile().length() <= SMALL_FILE) return;
    memory(file, build, cells, slots).requireRoom(file.path().toString(), HostMemory.now());
  }

  LlamaLibrary library() {
    return library;
  }

  MemorySegment handle() {
    if (closed) throw new IllegalStateException("the model is closed");
    return model;
  }

  /// The most completions that its build draws side by side.
  ///
  /// @return at most [LlamaContext#BATCH]
  public int mostSlots() {
    return library.build().mostSlots();
  }

  /// How many tokens the vocabulary has.
  ///
  /// @return at least 1
  public int vocabularySize() {
    return vocabularySize;
  }

  /// What llama.cpp was built for and finds here: instruction sets and the like.
  ///
  /// @return one line
  public String processor() {
    return library.systemInfo().reinterpret(1 << 16).getString(0).strip();
  }

  /// The most tokens of one sequence that the model was trained on.
  ///
  /// @return tokens
  public int trainedContext() {
    return trainedContext;
  }

  /// Whether a token ends the completion.
  ///
  /// @param token one of the vocabulary
  /// @return true if it does
  public boolean isEnd(int token) {
    handle();
    return library.isEnd(vocabulary, Objects.checkIndex(token, vocabularySize));
  }

  /// The fewest tokens that a text of so many bytes can have: what is too long is refused before
  /// the native tokenizer, whose regular expressions recurse, gets to see it.
  ///
  /// @param bytes of UTF-8
  /// @return tokens
  public int fewestTokens(int bytes) {
    handle();
    if (longestPiece == 0) longestPiece = longestPiece();
    return Math.ceilDiv(bytes, longestPiece);
  }

  private int longestPiece() {
    int longest = 1;
    for (int token = 0; token < vocabularySize; token++) {
      longest = Math.max(longest, piece(token, true).length);
    }
    return longest;
  }

  /// Cuts a text into tokens; control tokens written in it count as such.
  ///
  /// @param text UTF-8
  /// @param begin whether to begin with the token the model wants at the start of a text
  /// @return ids
  public int[] tokenize(byte[] text, boolean begin) {
    handle();
    try (Arena arena = Arena.ofConfined()) {
      // A token covers at least one byte, plus the special ones; but some tokenizers write a space
      // as a character of three bytes, and may have no token for that.
      int capacity = text.length + 8;
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, text);
      MemorySegment tokens = arena.allocate(JAVA_INT, capacity);
      int count = library.tokenize(vocabulary, bytes, text.length, tokens, capacity, begin);
      if (count < 0) {
        capacity = -count;
        tokens = arena.allocate(JAVA_INT, capacity);
        count = library.tokenize(vocabulary, bytes, text.length, tokens, capacity, begin);
      }
      if (count < 0) {
        throw new IllegalStateException("llama.cpp wants " + -count + " tokens for " + capacity);
      }
      return tokens.asSlice(0, (long) count * Integer.BYTES).toArray(JAVA_INT);
    }
  }

  /// Decodes tokens as UTF-8, control tokens left out; malformed bytes (a character that the limit
  /// cut in two) become U+FFFD.
  ///
  /// @param tokens ids
  /// @param count how many of them are decoded
  /// @return text
  public String text(int[] tokens, int count) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      bytes.writeBytes(piece(tokens[i], false));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// What a token adds to a text: [#text] is what all of them add.
  ///
  /// @param token one of the vocabulary
  /// @return bytes of UTF-8, of which a character may need more than one token; none for a control
  ///   token
  public byte[] bytes(int token) {
    handle();
    return piece(Objects.checkIndex(token, vocabularySize), false);
  }

  /// The text of the token that begins a document.
  ///
  /// @return text, empty where the model has none
  public String begin() {
    return special(library.bos(vocabulary));
  }

  /// The text of the token that ends a document.
  ///
  /// @return text, empty where the model has none
  public String end() {
    return special(library.eos(vocabulary));
  }

  private String special(int token) {
    return token < 0 || token >= vocabularySize
        ? ""
        : new String(piece(token, true), StandardCharsets.UTF_8);
  }

  /// The model's chat template.
  ///
  /// @return Jinja source, empty where the model has none
  public Optional<String> chatTemplate() {
    handle();
    MemorySegment template = library.chatTemplate(model);
    return template.equals(MemorySegment.NULL)
        ? Optional.empty()
        : Optional.of(template.reinterpret(GgufHeader.LONGEST_TEMPLATE + 1L).getString(0));
  }

  private byte[] piece(int token, boolean special) {
    try (Arena arena = Arena.ofConfined()) {
      int length = 64;
      MemorySegment buffer = arena.allocate(length);
      int written = library.piece(vocabulary, token, buffer, length, special);
      if (written < 0) {
        buffer = arena.allocate(-written);
        written = library.piece(vocabulary, token, buffer, -written, special);
      }
      return Arrays.copyOf(buffer.toArray(JAVA_BYTE), Math.max(0, written));
    }
  }

  @Override
  public void close() {
    if (closed) return;
    closed = true;
    library.freeModel(model);
  }
}
