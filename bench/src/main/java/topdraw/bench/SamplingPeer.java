package topdraw.bench;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// What else draws completions of a GGUF file's weights on a processor.
enum SamplingPeer {
  /// llama.cpp's own benchmark, which only decodes.
  BATCHED_BENCH("batched-bench", null, "decodes random tokens and draws none"),

  /// llama.cpp's own server.
  SERVER("server", "sampling_server.py", "one question for all, over HTTP"),

  /// The same server, telling what ours tells.
  SERVER_LOG_PROBABILITIES(
      "server-log-probabilities",
      "sampling_server.py",
      "one question for all, over HTTP, log-probabilities of the drawn"),

  /// llama.cpp from Python.
  LLAMA_CPP_PYTHON(
      "llama-cpp-python",
      "sampling_llama_cpp_python.py",
      "one after the other, its only way; the prompt is kept"),

  /// Hugging Face's library on PyTorch.
  TRANSFORMERS(
      "transformers",
      "sampling_transformers.py",
      "weights taken from the file into 32-bit floats, all side by side");

  private final String label;
  private final @Nullable String script;
  private final String way;

  SamplingPeer(String label, @Nullable String script, String way) {
    this.label = label;
    this.script = script;
    this.way = way;
  }

  /// Its script, null for a program of its own.
  @Nullable String script() {
    return script;
  }

  /// What it does otherwise than the others.
  String way() {
    return way;
  }

  /// Finds one by the word by which it is asked for.
  static final class Named implements ITypeConverter<SamplingPeer> {
    /// Picocli's constructor.
    Named() {}

    @Override
    public SamplingPeer convert(String word) {
      return Arrays.stream(values())
          .filter(peer -> peer.label.equalsIgnoreCase(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no peer \"%s\"; there are %s"
                          .formatted(
                              word,
                              Arrays.stream(values())
                                  .map(SamplingPeer::toString)
                                  .collect(Collectors.joining(", ")))));
    }
  }

  /// The word by which it is asked for.
  @Override
  public String toString() {
    return label;
  }
}
