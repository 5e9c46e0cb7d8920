package topdraw.llama.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import topdraw.llama.file.CacheFolder;

/// The functions of `llama.h` that Topdraw calls, one method each, in one [EngineBuild].
///
/// Structures are opaque here: a run of longs of the right size, filled by llama.cpp's own
/// `*_default_params` and changed at known offsets ([Struct]). Nothing is validated in this class:
/// [LlamaModel] and [LlamaContext] do that, because llama.cpp answers some bad arguments by ending
/// the process.
final class LlamaLibrary {
  private static final Linker LINKER = Linker.nativeLinker();

  /// `llama_batch`, the same in every build.
  static final MemoryLayout BATCH = Struct.of(56).layout();

  private static final Map<EngineBuild, LlamaLibrary> LOADED = new EnumMap<>(EngineBuild.class);

  private final EngineBuild build;
  private final SymbolLookup symbols;
  private final MethodHandle modelDefaultParams;
  private final MethodHandle contextDefaultParams;
  private final MethodHandle systemInfo;
  private final MethodHandle loadModel;
  private final MethodHandle freeModel;
  private final MethodHandle newContext;
  private final MethodHandle freeContext;
  private final MethodHandle vocabulary;
  private final MethodHandle trainedContext;
  private final MethodHandle chatTemplate;
  private final MethodHandle isRecurrent;
  private final MethodHandle hasEncoder;
  private final MethodHandle vocabularySize;
  private final MethodHandle bos;
  private final MethodHandle eos;
  private final MethodHandle isEnd;
  private final MethodHandle tokenize;
  private final MethodHandle piece;
  private final MethodHandle clear;
  private final MethodHandle remove;
  private final MethodHandle copy;
  private final MethodHandle decode;
  private final MethodHandle logits;
  private final MethodHandle setThreads;
  private final Optional<FreeCores> freeCores;

  private LlamaLibrary(EngineBuild build, SymbolLookup symbols) {
    this.build = build;
    this.symbols = symbols;
    MemoryLayout modelParams = build.modelParams().layout();
    MemoryLayout contextParams = build.contextParams().layout();
    modelDefaultParams = bind("llama_model_default_params", FunctionDescriptor.of(modelParams));
    contextDefaultParams =
        bind("llama_context_default_params", FunctionDescriptor.of(contextParams));
    systemInfo = bind("llama_print_system_info", FunctionDescriptor.of(ADDRESS));
    loadModel = bind("llama_model_load_from_file", ADDRESS, ADDRESS, modelParams);
    freeModel = bind("llama_model_free", FunctionDescriptor.ofVoid(ADDRESS));
    newContext = bind("llama_init_from_model", ADDRESS, ADDRESS, contextParams);
    freeContext = bind("llama_free", FunctionDescriptor.ofVoid(ADDRESS));
    vocabulary = bind("llama_model_get_vocab", ADDRESS, ADDRESS);
    trainedContext = bind("llama_model_n_ctx_train", JAVA_INT, ADDRESS);
    chatTemplate = bind("llama_model_chat_template", ADDRESS, ADDRESS, ADDRESS);
    isRecurrent = bind("llama_model_is_recurrent", JAVA_BOOLEAN, ADDRESS);
    hasEncoder = bind("llama_model_has_encoder", JAVA_BOOLEAN, ADDRESS);
    vocabularySize = bind("llama_vocab_n_tokens", JAVA_INT, ADDRESS);
    bos = bind("llama_vocab_bos", JAVA_INT, ADDRESS);
    eos = bind("llama_vocab_eos", JAVA_INT, ADDRESS);
    isEnd = bind("llama_vocab_is_eog", JAVA_BOOLEAN, ADDRESS, JAVA_INT);
    tokenize =
        bind(
            "llama_tokenize",
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_BOOLEAN,
            JAVA_BOOLEAN);
    piece =
        bind(
            "llama_token_to_piece",
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_BOOLEAN);
    remove =
        bindCache(
            "seq_rm", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
    copy =
        bindCache(
            "seq_cp", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    clear = bindClear();
    decode = bind("llama_decode", JAVA_INT, ADDRESS, BATCH);
    logits = bind("llama_get_logits_ith", JAVA_LONG, ADDRESS, JAVA_INT);
    setThreads =
        bind("llama_set_n_threads", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT));
    freeCores = build.spins() ? FreeCores.ofThisMachine() : Optional.empty();
  }

  /// The library of a build, opened and prepared on first use.
  ///
  /// @throws IllegalStateException if it cannot be, in one line that says how to mend it
  static LlamaLibrary load(EngineBuild build) {
    synchronized (LOADED) {
      LlamaLibrary library = LOADED.get(build);
      if (library == null) {
        NativeLibrary opened =
            NativeLibrary.open(
                build, CacheFolder.of(System.getenv(), System.getProperty("os.name")));
        library = new LlamaLibrary(build, opened.symbols());
        library.start(opened);
        LOADED.put(build, library);
      }
      return library;
    }
  }

  private void start(NativeLibrary opened) {
    MethodHandle setLog = bind("llama_log_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    MethodHandle init = bind("llama_backend_init", FunctionDescriptor.ofVoid());
    call(
        () -> {
          setLog.invokeExact(NativeLog.callback(LINKER), MemorySegment.NULL);
        });
    opened.processors().ifPresent(this::loadProcessors);
    call(
        () -> {
          init.invokeExact();
        });
  }

  /// Of the libraries in a folder, the one that suits this processor best.
  private void loadProcessors(Path folder) {
    MethodHandle load = bind("ggml_backend_load_all_from_path", FunctionDescriptor.ofVoid(ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(folder.toString());
      call(
          () -> {
            load.invokeExact(path);
          });
    }
  }

  EngineBuild build() {
    return build;
  }

  /// `llama_model_params llama_model_default_params(void)`, its layout checked
  MemorySegment modelDefaultParams(SegmentAllocator allocator) {
    return build
        .modelParams()
        .checked(
            get(() -> (MemorySegment) modelDefaultParams.invokeExact(allocator)), build.label());
  }

  /// `llama_context_params llama_context_default_params(void)`, its layout checked
  MemorySegment contextDefaultParams(SegmentAllocator allocator) {
    return build
        .contextParams()
        .checked(
            get(() -> (MemorySegment) contextDefaultParams.invokeExact(allocator)), build.label());
  }

  /// `const char * llama_print_system_info(void)`
  MemorySegment systemInfo() {
    return get(() -> (MemorySegment) systemInfo.invokeExact());
  }

  /// `llama_model * llama_model_load_from_file(const char * path, llama_model_params)`
  MemorySegment loadModel(MemorySegment path, MemorySegment params) {
    return get(() -> (MemorySegment) loadModel.invokeExact(path, params));
  }

  /// `void llama_model_free(llama_model *)`
  void freeModel(MemorySegment model) {
    call(
        () -> {
          freeModel.invokeExact(model);
        });
  }

  /// `llama_context * llama_init_from_model(llama_model *, llama_context_params)`
  MemorySegment newContext(MemorySegment model, MemorySegment params) {
    return get(() -> (MemorySegment) newContext.invokeExact(model, params));
  }

  /// `void llama_free(llama_context *)`
  void freeContext(MemorySegment context) {
    call(
        () -> {
          freeContext.invokeExact(context);
        });
  }

  /// `const llama_vocab * llama_model_get_vocab(const llama_model *)`
  MemorySegment vocabulary(MemorySegment model) {
    return get(() -> (MemorySegment) vocabulary.invokeExact(model));
  }

  /// `int32_t llama_model_n_ctx_train(const llama_model *)`
  int trainedContext(MemorySegment model) {
    return get(() -> (int) trainedContext.invokeExact(model));
  }

  /// `const char * llama_model_chat_template(const llama_model *, const char * name)`
  MemorySegment chatTemplate(MemorySegment model) {
    return get(() -> (MemorySegment) chatTemplate.invokeExact(model, MemorySegment.NULL));
  }

  /// `bool llama_model_is_recurrent(const llama_model *)`
  boolean isRecurrent(MemorySegment model) {
    return get(() -> (boolean) isRecurrent.invokeExact(model));
  }

  /// `bool llama_model_has_encoder(const llama_model *)`
  boolean hasEncoder(MemorySegment model) {
    return get(() -> (boolean) hasEncoder.invokeExact(model));
  }

  /// `int32_t llama_vocab_n_tokens(const llama_vocab *)`
  int vocabularySize(MemorySegment vocabulary) {
    return get(() -> (int) vocabularySize.invokeExact(vocabulary));
  }

  /// `llama_token llama_vocab_bos(const llama_vocab *)`
  int bos(MemorySegment vocabulary) {
    return get(() -> (int) bos.invokeExact(vocabulary));
  }

  /// `llama_token llama_vocab_eos(const llama_vocab *)`
  int eos(MemorySegment vocabulary) {
    return get(() -> (int) eos.invokeExact(vocabulary));
  }

  /// `bool llama_vocab_is_eog(const llama_vocab *, llama_token)`
  boolean isEnd(MemorySegment vocabulary, int token) {
    return get(() -> (boolean) isEnd.invokeExact(vocabulary, token));
  }

  /// `int32_t llama_tokenize(vocab, text, text_len, tokens, n_tokens_max, add_special,
  /// parse_special)`
  int tokenize(
      MemorySegment vocabulary,
      MemorySegment text,
      int bytes,
      MemorySegment tokens,
      int capacity,
      boolean addSpecial) {
    return get(
        () ->
            (int)
                tokenize.invokeExact(vocabulary, text, bytes, tokens, capacity, addSpecial, true));
  }

  /// `int32_t llama_token_to_piece(vocab, token, buf, length, lstrip, special)`
  int piece(
      MemorySegment vocabulary, int token, MemorySegment buffer, int capacity, boolean special) {
    return get(() -> (int) piece.invokeExact(vocabulary, token, buffer, capacity, 0, special));
  }

  /// `void llama_kv_self_clear(llama_context *)`, or `void llama_memory_clear(llama_memory_t, bool
  /// data)` of the context's
  void clear(MemorySegment context) {
    call(
        () -> {
          clear.invokeExact(context);
        });
  }

  /// `bool llama_kv_self_seq_rm(llama_context *, llama_seq_id, llama_pos from, llama_pos to)`, or
  /// `llama_memory_seq_rm`
  boolean remove(MemorySegment context, int sequence, int from, int to) {
    return get(() -> (boolean) remove.invokeExact(context, sequence, from, to));
  }

  /// `void llama_kv_self_seq_cp(llama_context *, source, target, llama_pos from, llama_pos to)`, or
  /// `llama_memory_seq_cp`
  void copy(MemorySegment context, int source, int target, int from, int to) {
    call(
        () -> {
          copy.invokeExact(context, source, target, from, to);
        });
  }

  /// `int32_t llama_decode(llama_context *, llama_batch)`
  int decode(MemorySegment context, MemorySegment batch) {
    try {
      return (int) decode.invokeExact(context, batch);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// `float * llama_get_logits_ith(llama_context *, int32_t)`, the address as a number, so that a
  /// row costs no object.
  long logits(MemorySegment context, int row) {
    try {
      return (long) logits.invokeExact(context, row);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// How many threads this build can make use of now.
  ///
  /// @param most on an idle machine
  int roomFor(int most) {
    return freeCores.map(cores -> cores.room(most)).orElse(most);
  }

  /// `void llama_set_n_threads(llama_context *, int32_t n_threads, int32_t n_threads_batch)`, the
  /// same for both
  void setThreads(MemorySegment context, int threads) {
    call(
        () -> {
          setThreads.invokeExact(context, threads, threads);
        });
  }

  /// `llama_model_quantize_params llama_model_quantize_default_params(void)`, its layout checked;
  /// only where the build exports its quantiser
  MemorySegment quantizeDefaultParams(Struct params, SegmentAllocator allocator) {
    MethodHandle defaults =
        bind("llama_model_quantize_default_params", FunctionDescriptor.of(params.layout()));
    return params.checked(
        get(() -> (MemorySegment) defaults.invokeExact(allocator)), build.label());
  }

  /// `uint32_t llama_model_quantize(const char * from, const char * to, const
  /// llama_model_quantize_params *)`, 0 where all went well; only where the build exports it
  int quantize(MemorySegment from, MemorySegment to, MemorySegment params) {
    MethodHandle quantize = bind("llama_model_quantize", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    return get(() -> (int) quantize.invokeExact(from, to, params));
  }

  private MemorySegment find(String name) {
    return symbols
        .find(name)
        .orElseThrow(
            () ->
                new EngineException(
                    name
                        + " is not in the llama.cpp library; Topdraw needs build "
                        + build.label()));
  }

  /// A function that changes the cache, bound so that it takes the context in every build.
  private MethodHandle bindCache(String name, FunctionDescriptor type) {
    MethodHandle function = bind(build.cachePrefix() + name, type);
    return build.cacheApart()
        ? MethodHandles.filterArguments(function, 0, bind("llama_get_memory", ADDRESS, ADDRESS))
        : function;
  }

  private MethodHandle bindClear() {
    if (!build.cacheApart()) return bindCache("clear", FunctionDescriptor.ofVoid(ADDRESS));
    MethodHandle clear = bindCache("clear", FunctionDescriptor.ofVoid(ADDRESS, JAVA_BOOLEAN));
    return MethodHandles.insertArguments(clear, 1, true);
  }

  private MethodHandle bind(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(find(name), type);
  }

  private MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.of(result, arguments));
  }

  // A block is asked of its callers: javac types a bare invokeExact in a lambda as returning
  // Object.
  private interface Call {
    void run() throws Throwable;
  }

  private interface Get<T> {
    T run() throws Throwable;
  }

  private static void call(Call call) {
    try {
      call.run();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static <T> T get(Get<T> get) {
    try {
      return get.run();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static RuntimeException failed(Throwable e) {
    return e instanceof RuntimeException r
        ? r
        : new EngineException("a call into llama.cpp failed: " + e, e);
  }
}
