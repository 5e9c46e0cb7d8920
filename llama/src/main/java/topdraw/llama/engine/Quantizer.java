package topdraw.llama.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// llama.cpp's own quantiser, of the one build that exports it.
public final class Quantizer {
  /// The build whose quantiser it is; fetched before it is asked.
  public static final EngineBuild BUILD = EngineBuild.V0_5_0;

  /// `LLAMA_FTYPE_MOSTLY_Q8_0`
  private static final int Q8_0 = 7;

  /// `llama_model_quantize_params`
  private static final Struct PARAMS =
      Struct.of(64)
          .number("nthread", 0, 0)
          .number("ftype", 4, Q8_0)
          .flag("allow_requantize", 16, 0)
          .flag("quantize_output_tensor", 17, 1)
          .flag("only_copy", 18, 0)
          .flag("pure", 19, 0);

  private Quantizer() {}

  /// Writes a copy of a model with its weights in Q8_0: 8 bits, and a scale for each 32.
  ///
  /// @param from the model, its header checked
  /// @param to where the copy is written
  /// @param threads that work at it
  /// @throws EngineException if llama.cpp cannot
  public static void q8(Path from, Path to, int threads) {
    LlamaLibrary library = LlamaLibrary.load(BUILD);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = library.quantizeDefaultParams(PARAMS, arena);
      PARAMS.set(params, "nthread", threads);
      PARAMS.set(params, "ftype", Q8_0);
      PARAMS.set(params, "allow_requantize", 1);
      MemorySegment source = arena.allocateFrom(from.toString());
      if (library.quantize(source, arena.allocateFrom(to.toString()), params) != 0) {
        throw new EngineException(
            "llama.cpp %s cannot write %s in Q8_0 to %s; is the disk full?"
                .formatted(BUILD.label(), from, to));
      }
    }
  }
}
