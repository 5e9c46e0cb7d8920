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
    this.index = index;
    this.stream = stream;
    tokens = new int[maxTokens];
    logProbabilities = new double[maxTokens];
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
