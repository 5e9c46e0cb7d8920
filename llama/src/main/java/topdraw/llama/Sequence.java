package topdraw.llama;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import topdraw.reference.Completion;
import topdraw.reference.FinishReason;

/// A completion while it is being drawn. Each token takes one number from the completion's own
/// stream, so what is drawn beside it changes nothing.
final class Sequence {
  private final int index;
  private final RandomGenerator stream;
  private final int[] tokens;
  private final double[] logProbabilities;
  private int length;
  private boolean ended;

  Sequence(int index, RandomGenerator stream, int maxTokens) {
    this(index, stream, new int[maxTokens], new double[maxTokens], 0);
  }

  private Sequence(
      int index, RandomGenerator stream, int[] tokens, double[] logProbabilities, int length) {
    this.index = index;
    this.stream = stream;
    this.tokens = tokens;
    this.logProbabilities = logProbabilities;
    this.length = length;
  }

  /// One that goes on where a completion was cut.
  ///
  /// @param maxTokens the most tokens in all, those of the completion included
  static Sequence after(Completion cut, int index, RandomGenerator stream, int maxTokens) {
    return new Sequence(
        index,
        stream,
        Arrays.copyOf(cut.tokens(), maxTokens),
        Arrays.copyOf(cut.tokenLogProbabilities(), maxTokens),
        cut.length());
  }

  void draw(TokenSampler sampler, float[] logits, Ends ends) {
    int token = sampler.draw(logits, stream.nextDouble());
    tokens[length] = token;
    logProbabilities[length++] = sampler.logProbability();
    ended = ends.isEnd(token);
  }

  boolean finished() {
    return ended || length == tokens.length;
  }

  int index() {
    return index;
  }

  int length() {
    return length;
  }

  int lastToken() {
    return tokens[length - 1];
  }

  Completion completion(LlamaModel model) {
    return new Completion(
        index,
        model.text(tokens, ended ? length - 1 : length),
        Arrays.copyOf(tokens, length),
        Arrays.copyOf(logProbabilities, length),
        ended ? FinishReason.STOP : FinishReason.LENGTH);
  }

  /// Which tokens end a completion.
  @FunctionalInterface
  interface Ends {
    boolean isEnd(int token);
  }
}
