package topdraw.servers;

import topdraw.servers.LogProbabilityMeaning.Distribution;
import topdraw.servers.LogProbabilityMeaning.EndToken;

/// The servers that are told apart: what each is called, how it switches top-k off, and what its
/// log-probabilities were seen to be.
public enum ServerKind {
  /// llama.cpp's own server. Its normaliser is a running sum in single precision that loses small
  /// terms, so its log-probabilities are too large; see [LogProbabilityMeaning#margin].
  LLAMA_CPP("llama.cpp", 0, Distribution.RAW, EndToken.INCLUDED, 4),
  /// vLLM, whose flag `--logprobs-mode` decides, which no route tells: found by asking.
  VLLM("vLLM", -1, Distribution.ASK, EndToken.INCLUDED, 32),
  /// SGLang: not seen at work, so nothing is claimed.
  SGLANG("SGLang", -1, Distribution.UNKNOWN, EndToken.UNKNOWN, 16),
  /// Ollama, over its own routes: those it has in common with OpenAI keep a top-k of 40.
  OLLAMA("Ollama", 0, Distribution.RAW, EndToken.EXCLUDED, 4),
  /// The server of the `transformers` library: no log-probabilities.
  TRANSFORMERS("transformers serve", 0, Distribution.UNKNOWN, EndToken.UNKNOWN, 1),
  /// OpenAI itself: its lists have no end token, and what they are of is not documented.
  OPENAI("OpenAI", 0, Distribution.UNKNOWN, EndToken.EXCLUDED, 8),
  /// Anything else that answers `/v1/chat/completions`.
  COMPATIBLE("OpenAI-compatible", -1, Distribution.UNKNOWN, EndToken.UNKNOWN, 4);

  private final String label;
  private final int allTokens;
  private final Distribution distribution;
  private final EndToken endToken;
  private final int atOnce;

  ServerKind(
      String label, int allTokens, Distribution distribution, EndToken endToken, int atOnce) {
    this.label = label;
    this.allTokens = allTokens;
    this.distribution = distribution;
    this.endToken = endToken;
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

  Distribution distribution() {
    return distribution;
  }

  EndToken endToken() {
    return endToken;
  }

  /// How many completions it is asked for at once where it does not say.
  int atOnce() {
    return atOnce;
  }
}
