package topdraw.llama;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Tokens;

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
  static Sequence after(Tokens.Ids cut, int index, RandomGenerator stream, int maxTokens) {
    return new Sequence(
        index,
        stream,
        Arrays.copyOf(cut.ids(), maxTokens),
        Arrays.copyOf(cut.logProbabilities(), maxTokens),
        cut.size());
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

  /// Whether the policy ended it.
  boolean ended() {
    return ended;
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

  /// The tokens drawn so far.
  Tokens.Ids drawn() {
    return new Tokens.Ids(Arrays.copyOf(tokens, length), Arrays.copyOf(logProbabilities, length));
  }

  /// What has been drawn: every term of its log-probability is of the distribution drawn from, the
  /// end token's too.
  Draw draw(LlamaModel model) {
    Tokens.Ids drawn = drawn();
    return Draw.of(
        index,
        model.text(tokens, ended ? length - 1 : length),
        drawn,
        LogProbability.exact(drawn.logProbability(0)),
        ended ? FinishReason.STOP : FinishReason.LENGTH);
  }

  /// Which tokens end a completion.
  @FunctionalInterface
  interface Ends {
    boolean isEnd(int token);
  }
}
