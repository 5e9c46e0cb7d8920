package topdraw.llama.engine;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Tokens;

/// A completion while it is being drawn. Each token takes one number from the completion's own
/// stream, so what is drawn beside it changes nothing.
public final class Sequence {
  private final int index;
  private final RandomGenerator stream;
  private final int[] tokens;
  private final double[] logProbabilities;
  private int length;
  private boolean ended;

  /// One that nothing has been drawn of.
  ///
  /// @param index of the completion among those of its prompt
  /// @param stream its own random numbers
  /// @param maxTokens the most tokens
  public Sequence(int index, RandomGenerator stream, int maxTokens) {
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
  /// @param cut what has been drawn of it
  /// @param index of the completion among those of its prompt
  /// @param stream random numbers for what follows
  /// @param maxTokens the most tokens in all, those of the completion included
  /// @return the sequence
  public static Sequence after(Tokens.Ids cut, int index, RandomGenerator stream, int maxTokens) {
    return new Sequence(
        index,
        stream,
        Arrays.copyOf(cut.ids(), maxTokens),
        Arrays.copyOf(cut.logProbabilities(), maxTokens),
        cut.size());
  }

  /// Draws the next token.
  ///
  /// @param sampler draws it
  /// @param logits after the tokens so far
  /// @param ends which tokens end a completion
  public void draw(TokenSampler sampler, float[] logits, Ends ends) {
    int token = sampler.draw(logits, stream.nextDouble());
    tokens[length] = token;
    logProbabilities[length++] = sampler.logProbability();
    ended = ends.isEnd(token);
  }

  /// Whether no token follows.
  ///
  /// @return true if it has ended, or has its most tokens
  public boolean finished() {
    return ended || length == tokens.length;
  }

  /// Whether the policy ended it.
  ///
  /// @return true if its last token is an end
  public boolean ended() {
    return ended;
  }

  /// Which of its prompt's completions it is.
  ///
  /// @return counted from 0
  public int index() {
    return index;
  }

  /// How many tokens have been drawn, the end included.
  ///
  /// @return tokens
  public int length() {
    return length;
  }

  /// How many tokens may still be drawn.
  ///
  /// @return tokens; 0 only where it is finished
  int left() {
    return tokens.length - length;
  }

  /// The token drawn last.
  ///
  /// @return its id
  public int lastToken() {
    return tokens[length - 1];
  }

  /// The tokens drawn so far.
  ///
  /// @return ids and log-probabilities in nats
  public Tokens.Ids drawn() {
    return new Tokens.Ids(Arrays.copyOf(tokens, length), Arrays.copyOf(logProbabilities, length));
  }

  /// What has been drawn: every term of its log-probability is of the distribution drawn from, end
  /// token's too.
  ///
  /// @param model that decodes the text
  /// @return the draw
  public Draw draw(LlamaModel model) {
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
  public interface Ends {
    /// Whether a token ends the completion.
    ///
    /// @param token its id
    /// @return true if it does
    boolean isEnd(int token);
  }
}
