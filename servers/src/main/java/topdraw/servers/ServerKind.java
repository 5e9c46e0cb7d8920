package topdraw.servers;

/// The servers that are told apart: what each is called, how it is asked, and by how much its
/// log-probabilities may be too large. What they are of is found by asking
/// ([topdraw.servers.probe.Checkup]).
public enum ServerKind {
  /// llama.cpp's own server. Its normaliser is a running sum in single precision that loses small
  /// terms.
  LLAMA_CPP("llama.cpp", 0, true, 4),
  /// vLLM, whose flag `--logprobs-mode` decides what log-probabilities are, which no route tells.
  VLLM("vLLM", -1, true, 32),
  /// SGLang.
  SGLANG("SGLang", -1, true, 16),
  /// Ollama, over its own routes: those it has in common with OpenAI keep a top-k of 40.
  OLLAMA("Ollama", 0, true, 4),
  /// The server of the `transformers` library: no log-probabilities.
  TRANSFORMERS("transformers serve", 0, false, 1),
  /// OpenAI itself: its defaults are documented and do nothing.
  OPENAI("OpenAI", 0, true, 8),
  /// Anything else that answers `/v1/chat/completions`.
  COMPATIBLE("OpenAI-compatible", -1, false, 4);

  private static final int SMALL_VOCABULARY = 50_000;
  private static final double SMALL_MARGIN = 5e-4;
  private static final double LARGE_MARGIN = 1e-3;

  private final String label;
  private final int allTokens;
  private final boolean settled;
  private final int atOnce;

  ServerKind(String label, int allTokens, boolean settled, int atOnce) {
    this.label = label;
    this.allTokens = allTokens;
    this.settled = settled;
    this.atOnce = atOnce;
  }

  /// What people call it.
  ///
  /// @return a name
  public String label() {
    return label;
  }

  /// The top-k that keeps all tokens.
  int allTokens() {
    return allTokens;
  }

  /// Whether every penalty that it has is among what is sent, so that none acts by default.
  boolean settled() {
    return settled;
  }

  /// By how much one of its log-probabilities may be too large where that cannot be measured. Over
  /// whole vocabularies of llama.cpp's server probabilities summed to up to 1 + 2.3e-4 for 49,152
  /// tokens and 1 + 6.9e-4 for 151,936; vLLM's are right to rounding; of others nobody has a
  /// vocabulary.
  ///
  /// @param vocabulary how many tokens the model has; 0 where that is not known
  /// @return nats a token
  double margin(int vocabulary) {
    return switch (this) {
      case VLLM -> 0;
      case LLAMA_CPP ->
          vocabulary > 0 && vocabulary <= SMALL_VOCABULARY ? SMALL_MARGIN : LARGE_MARGIN;
      case SGLANG, OLLAMA, TRANSFORMERS, OPENAI, COMPATIBLE -> LARGE_MARGIN;
    };
  }

  /// How many completions it is asked for at once where it does not say.
  int atOnce() {
    return atOnce;
  }
}
