package topdraw.llama.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// The builds of llama.cpp that can be drawn from: what carries each, and where its structures and
/// functions differ. A policy of another build is another policy: the same seed draws by other
/// probabilities.
@SuppressWarnings("ImmutableEnumChecker") // records of numbers, texts and maps that are copied
public enum EngineBuild {
  /// The one that is used where none is asked for: a plain Maven dependency, for every
  /// [EnginePlatform].
  B4916(
      "b4916",
      new Carrier.Jar("de.kherud:llama 4.2.0"),
      Struct.of(64)
          .number("n_gpu_layers", 8, 0)
          .number("split_mode", 12, 1)
          .flag("vocab_only", 56, 0)
          .flag("use_mmap", 57, 1)
          .flag("use_mlock", 58, 0)
          .flag("check_tensors", 59, 0),
      Struct.of(120)
          .number("n_ctx", 0, 512)
          .number("n_batch", 4, 2048)
          .number("n_ubatch", 8, 512)
          .number("n_seq_max", 12, 1)
          .number("n_threads", 16, 4)
          .number("n_threads_batch", 20, 4)
          .number("type_k", 88, Struct.F16)
          .number("type_v", 92, Struct.F16)
          .flag("offload_kqv", 98, 1)
          .flag("flash_attn", 99, 0)
          .flag("no_perf", 100, 1),
      Map.of("flash_attn", 1),
      false,
      Integer.MAX_VALUE,
      LlamaContext.BATCH,
      false,
      false,
      new Copies(Set.of("Q4_0"), Set.of(), true)),

  /// Newer and, where the processor has AVX-512, faster: it picks one of 14 libraries for the
  /// processor. Fetched by npm when it is asked for.
  V0_5_0(
      "v0.5.0",
      new Carrier.Npm(
          "@node-llama-cpp/linux-x64",
          "3.22.1",
          "0d953e1503d5ab4608d8ed5b739132308c81ac05ffeb760d2a7f30e08a9f90e0",
          10_824_547,
          "package/bins/linux-x64/",
          "libllama.v0.5.0.so",
          "libggml.v0.5.0.so",
          "9fa8447e5378f7585308479de3c281496ae4e4e6a2bfb39ab57fa36e01c27856"),
      Struct.of(80)
          .number("n_gpu_layers", 16, -1)
          .number("split_mode", 20, 1)
          .number("main_gpu", 32, 0)
          .flag("vocab_only", 72, 0)
          .flag("check_tensors", 73, 0)
          .flag("use_extra_bufts", 74, 1),
      Struct.of(160)
          .number("n_ctx", 0, 512)
          .number("n_batch", 4, 2048)
          .number("n_ubatch", 8, 512)
          .number("n_seq_max", 12, 1)
          .number("n_threads", 28, 4)
          .number("n_threads_batch", 32, 4)
          .number("flash_attn_type", 52, -1)
          .number("type_k", 104, Struct.F16)
          .number("type_v", 108, Struct.F16)
          .flag("offload_kqv", 129, 1)
          .flag("no_perf", 130, 1)
          .flag("kv_unified", 133, 0),
      // One cache for all sequences: they share the prompt's cells.
      Map.of("flash_attn_type", 1, "kv_unified", 1),
      true,
      256, // LLAMA_MAX_SEQ
      // Of 64 rows and more, and of a single one in a cache of 512 cells and more, its flash
      // attention adds in another order. Source: ops.cpp of that release.
      63,
      true,
      true,
      new Copies(
          Set.of("Q4_0", "Q4_K", "IQ4_NL"),
          Set.of("F16", "Q4_0", "Q4_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K", "IQ4_XS"),
          false));

  /// The one that is used where none is asked for.
  public static final EngineBuild DEFAULT = B4916;

  private final String label;
  private final Carrier carrier;
  private final Struct modelParams;
  private final Struct contextParams;
  private final Map<String, Integer> always;
  private final boolean cacheApart;
  private final int mostSequences;
  private final int mostRows;
  private final boolean neverOneRow;
  private final boolean spins;
  private final Copies copies;

  EngineBuild(
      String label,
      Carrier carrier,
      Struct modelParams,
      Struct contextParams,
      Map<String, Integer> always,
      boolean cacheApart,
      int mostSequences,
      int mostRows,
      boolean neverOneRow,
      boolean spins,
      Copies copies) {
    this.label = label;
    this.carrier = carrier;
    this.modelParams = modelParams;
    this.contextParams = contextParams;
    this.always = Map.copyOf(always);
    this.cacheApart = cacheApart;
    this.mostSequences = mostSequences;
    this.mostRows = mostRows;
    this.neverOneRow = neverOneRow;
    this.spins = spins;
    this.copies = copies;
  }

  /// The build of that name.
  ///
  /// @param label as llama.cpp names its releases
  /// @return the build
  /// @throws InputException if there is none
  public static EngineBuild of(String label) {
    return Arrays.stream(values())
        .filter(build -> build.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    Problem.UNKNOWN,
                    Parameter.ENGINE,
                    " \""
                        + label
                        + "\": there is no such build of llama.cpp here; give "
                        + String.join(" or ", labels())
                        + ", or leave it out for "
                        + DEFAULT.label));
  }

  /// The names of all builds.
  ///
  /// @return the default one first
  public static List<String> labels() {
    return Arrays.stream(values()).map(EngineBuild::label).toList();
  }

  /// What llama.cpp calls this build.
  ///
  /// @return a word
  public String label() {
    return label;
  }

  /// What brings it.
  ///
  /// @return the package
  public Carrier carrier() {
    return carrier;
  }

  /// Makes sure that there is a build for a machine. A jar's platforms are told when it is opened.
  ///
  /// @param system the system property `os.name`
  /// @param processor the system property `os.arch`
  /// @throws EngineException if npm's package is asked for elsewhere than on Linux on x86_64
  public void requireFor(String system, String processor) {
    if (carrier instanceof Carrier.Npm
        && EnginePlatform.of(system, processor).orElse(null) != EnginePlatform.LINUX_X86_64) {
      throw new EngineException(
          "the engine %s exists for Linux x86_64, not for %s %s; leave it out to draw from %s"
              .formatted(label, system, processor, DEFAULT.label));
    }
  }

  /// `llama_model_params`
  Struct modelParams() {
    return modelParams;
  }

  /// `llama_context_params`
  Struct contextParams() {
    return contextParams;
  }

  /// What every context is made with, by the names of the fields: flash attention, without which
  /// the logits of a sequence depend on what is decoded beside it, and one cache for all sequences.
  Map<String, Integer> always() {
    return always;
  }

  /// Whether a context's cache is a thing of its own, which `llama_get_memory` gives and
  /// `llama_memory_*` change; else `llama_kv_self_*` take the context.
  boolean cacheApart() {
    return cacheApart;
  }

  /// The most rows that are computed at once so that each has the bits it has beside any others.
  int mostRows() {
    return mostRows;
  }

  /// Whether a row computed alone may have other bits than beside others.
  boolean neverOneRow() {
    return neverOneRow;
  }

  /// Whether its threads wait for each other by spinning without end; OpenMP's give up soon
  /// ([Spinning]).
  boolean spins() {
    return spins;
  }

  /// The weights that it keeps twice.
  Copies copies() {
    return copies;
  }

  /// The cells of a cache made for so many tokens: llama.cpp's own step with flash attention is
  /// 256.
  int roundedCells(int cells) {
    return Math.ceilDiv(cells + spareRows(), 256) * 256;
  }

  /// The most completions that are drawn side by side.
  ///
  /// @return at most [LlamaContext#BATCH]
  public int mostSlots() {
    return Math.min(LlamaContext.BATCH, mostSequences - sequences(0));
  }

  /// The sequences of a cache with so many slots: the prompt's and that of dead cells come on top.
  int sequences(int slots) {
    return slots + 2 + spareRows();
  }

  /// The row that counts for nothing, where there is one: it has a cell and a sequence.
  int spareRows() {
    return neverOneRow ? 1 : 0;
  }

  /// How the names of the functions begin that change the cache.
  String cachePrefix() {
    return cacheApart ? "llama_memory_" : "llama_kv_self_";
  }
}
