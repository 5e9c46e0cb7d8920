package topdraw.llama;

import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.engine.LlamaContext;
import topdraw.llama.engine.LlamaModel;
import topdraw.llama.engine.ModelMemory;
import topdraw.llama.engine.Slots;
import topdraw.llama.file.ModelFile;
import topdraw.llama.gguf.GgufHeader;

/// How the embedded engine uses the machine.
///
/// @param threads threads that decode, at most, from 1 to 512. llama.cpp's threads wait by
///   spinning: more of them than there are idle cores is slower than fewer, so v0.5.0, whose
///   threads spin without end, is given fewer while others use the machine, as far as Linux tells
/// @param width completions decoded side by side, from 1 to 256, of v0.5.0 to 253
/// @param contextTokens the most tokens of prompt and completion together; the model's training
///   context limits it further
/// @param engine the build of llama.cpp; another draws by other probabilities
public record LlamaSettings(int threads, int width, int contextTokens, EngineBuild engine) {
  /// Checks the ranges.
  public LlamaSettings {
    range(threads, 512, "threads");
    range(width, engine.mostSlots(), "width");
    range(contextTokens, LlamaContext.MOST_CELLS, "context-tokens");
  }

  /// Settings of the default build.
  ///
  /// @param threads threads that decode
  /// @param width completions decoded side by side
  /// @param contextTokens the most tokens of prompt and completion together
  public LlamaSettings(int threads, int width, int contextTokens) {
    this(threads, width, contextTokens, EngineBuild.DEFAULT);
  }

  /// These settings with another build.
  ///
  /// @param build of llama.cpp
  /// @return the settings
  public LlamaSettings on(EngineBuild build) {
    return new LlamaSettings(threads, width, contextTokens, build);
  }

  /// As many threads as the JVM may use processors, 16 completions side by side, and at most 8192
  /// tokens.
  ///
  /// All processors is right on a machine that has nothing else to do; on a busy one give fewer.
  ///
  /// @return the settings
  public static LlamaSettings defaults() {
    return new LlamaSettings(
        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 512), 16, 8192);
  }

  /// Loads a model to draw from so.
  ///
  /// @param maxTokens the most tokens of a completion
  /// @throws InputException if it cannot be, or this machine or any cache cannot hold it
  LlamaModel load(ModelFile file, int maxTokens) {
    return LlamaModel.load(file, engine, leastCells(maxTokens), width);
  }

  /// The memory that drawing from a model takes with these settings, before prompts are known.
  ///
  /// @param header of the model's file
  /// @param maxTokens the most tokens of a completion
  /// @return bytes; the cache grows by 4 times the longest prompt
  /// @throws InputException if so many completions of this length cannot be held by any cache
  public ModelMemory memory(GgufHeader header, int maxTokens) {
    return ModelMemory.of(header, engine, leastCells(maxTokens), width);
  }

  private int leastCells(int maxTokens) {
    long completions = (long) width * maxTokens;
    if (completions > LlamaContext.MOST_CELLS / 2) {
      throw new InputException(
          Problem.TOO_LARGE,
          "max-tokens %d for each of %d completions side by side are %d tokens in the cache, more than %d; lower max-tokens"
              .formatted(maxTokens, width, completions, LlamaContext.MOST_CELLS / 2));
    }
    return Slots.cells(width, 1, maxTokens);
  }

  private static void range(int value, int most, String name) {
    if (value < 1 || value > most) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "%s must be from 1 to %d, was %d".formatted(name, most, value));
    }
  }
}
