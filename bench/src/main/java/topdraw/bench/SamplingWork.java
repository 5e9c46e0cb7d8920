package topdraw.bench;

import java.util.List;
import topdraw.llama.file.ModelFile;

/// What every side of the sampling benchmark draws: completions of one prompt, each of exactly so
/// many tokens, drawn on past end tokens, from the same weights.
///
/// @param model the weights
/// @param prompt tokens of the prompt, so that nobody reads it otherwise
/// @param n completions
/// @param tokens of each
/// @param threads that decode
record SamplingWork(ModelFile model, List<Integer> prompt, int n, int tokens, int threads) {
  /// Copies the list.
  SamplingWork {
    prompt = List.copyOf(prompt);
  }

  /// Tokens of all completions.
  int drawn() {
    return n * tokens;
  }
}
