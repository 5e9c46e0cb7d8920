package topdraw.llama.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/// Sizes and offsets of `llama.h`'s structures in build b4916.
///
/// All three are larger than 16 bytes, so every calling convention in use passes them in memory and
/// a run of longs of the same size is as good as the real thing. The offsets were read from the
/// header; [#checkModel] and [#checkContext] hold them against the default values that the library
/// itself writes, so another build's layout is noticed before anything is poked.
final class Layouts {
  static final MemoryLayout MODEL_PARAMS = longs(64);
  static final MemoryLayout CONTEXT_PARAMS = longs(120);
  static final MemoryLayout BATCH = longs(56);

  static final long MODEL_GPU_LAYERS = 8;
  private static final long MODEL_SPLIT_MODE = 12;
  private static final long MODEL_VOCAB_ONLY = 56;
  private static final long MODEL_USE_MMAP = 57;
  private static final long MODEL_USE_MLOCK = 58;
  static final long MODEL_CHECK_TENSORS = 59;

  static final long CONTEXT_CELLS = 0;
  static final long CONTEXT_BATCH = 4;
  static final long CONTEXT_UBATCH = 8;
  static final long CONTEXT_SEQUENCES = 12;
  static final long CONTEXT_THREADS = 16;
  static final long CONTEXT_THREADS_BATCH = 20;
  private static final long CONTEXT_TYPE_K = 88;
  private static final long CONTEXT_TYPE_V = 92;
  private static final long CONTEXT_OFFLOAD = 98;
  static final long CONTEXT_FLASH_ATTENTION = 99;
  private static final long CONTEXT_NO_PERF = 100;

  static final long BATCH_COUNT = 0;
  static final long BATCH_TOKEN = 8;
  static final long BATCH_POSITION = 24;
  static final long BATCH_SEQUENCE_COUNT = 32;
  static final long BATCH_SEQUENCE = 40;
  static final long BATCH_LOGITS = 48;

  /// `GGML_TYPE_F16`, the type of the keys and values that llama.cpp keeps by default.
  private static final int F16 = 1;

  private Layouts() {}

  private static MemoryLayout longs(int bytes) {
    return MemoryLayout.structLayout(MemoryLayout.sequenceLayout(bytes / 8, JAVA_LONG));
  }

  /// Holds the model parameters' offsets against the library's own defaults.
  static MemorySegment checkModel(MemorySegment params) {
    expect(params.get(JAVA_INT, MODEL_SPLIT_MODE) == 1, "split_mode");
    expect(flag(params, MODEL_VOCAB_ONLY, 0), "vocab_only");
    expect(flag(params, MODEL_USE_MMAP, 1), "use_mmap");
    expect(flag(params, MODEL_USE_MLOCK, 0), "use_mlock");
    expect(flag(params, MODEL_CHECK_TENSORS, 0), "check_tensors");
    return params;
  }

  /// Holds the context parameters' offsets against the library's own defaults.
  static MemorySegment checkContext(MemorySegment params) {
    expect(params.get(JAVA_INT, CONTEXT_CELLS) == 512, "n_ctx");
    expect(params.get(JAVA_INT, CONTEXT_BATCH) == 2048, "n_batch");
    expect(params.get(JAVA_INT, CONTEXT_UBATCH) == 512, "n_ubatch");
    expect(params.get(JAVA_INT, CONTEXT_SEQUENCES) == 1, "n_seq_max");
    expect(params.get(JAVA_INT, CONTEXT_THREADS) == 4, "n_threads");
    expect(params.get(JAVA_INT, CONTEXT_THREADS_BATCH) == 4, "n_threads_batch");
    expect(params.get(JAVA_INT, CONTEXT_TYPE_K) == F16, "type_k");
    expect(params.get(JAVA_INT, CONTEXT_TYPE_V) == F16, "type_v");
    expect(flag(params, CONTEXT_OFFLOAD, 1), "offload_kqv");
    expect(flag(params, CONTEXT_FLASH_ATTENTION, 0), "flash_attn");
    expect(flag(params, CONTEXT_NO_PERF, 1), "no_perf");
    return params;
  }

  private static boolean flag(MemorySegment params, long offset, int value) {
    return params.get(JAVA_BYTE, offset) == value;
  }

  private static void expect(boolean asKnown, String field) {
    if (!asKnown) {
      throw new EngineException(
          "the llama.cpp library keeps %s elsewhere than build %s does; Topdraw needs that build"
              .formatted(field, EngineHost.BUILD));
    }
  }
}
