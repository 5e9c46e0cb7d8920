package topdraw.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import topdraw.theory.law.TokenTree;

/// A reference policy that writes the texts of a tree, token by token: what it draws has a law that
/// is known exactly, block by block too.
public final class TreePolicy implements BlockPolicy {
  private static final Completion EMPTY =
      new Completion(0, "", new int[0], new double[0], FinishReason.LENGTH);

  private final TokenTree tree;
  private final int maxTokens;
  private final long seed;

  public TreePolicy(TokenTree tree, int maxTokens, long seed) {
    this.tree = tree;
    this.maxTokens = maxTokens;
    this.seed = seed;
  }

  @Override
  public List<Completion> draw(Prompt prompt, int first, int count, DrawProgress progress) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> extended(EMPTY, i, maxTokens, Seeds.stream(seed, prompt.key(), i)))
        .toList();
  }

  private Completion extended(Completion text, int index, int most, RandomGenerator random) {
    int[] tokens = Arrays.copyOf(text.tokens(), most);
    double[] logP = Arrays.copyOf(text.tokenLogProbabilities(), most);
    int length = text.length();
    boolean ended = false;
    while (length < most && !ended) {
      List<Integer> written = Arrays.stream(tokens, 0, length).boxed().toList();
      var next = pick(tree.continuations(written, 1), random.nextDouble());
      tokens[length] = next.getKey().getFirst();
      logP[length++] = next.getValue();
      ended = tokens[length - 1] == TokenTree.END;
    }
    return new Completion(
        index,
        Arrays.toString(Arrays.copyOf(tokens, length)),
        Arrays.copyOf(tokens, length),
        Arrays.stream(logP, 0, length).map(log -> Math.min(0, log)).toArray(),
        ended ? FinishReason.STOP : FinishReason.LENGTH);
  }

  private static Map.Entry<List<Integer>, Double> pick(
      Map<List<Integer>, Double> law, double uniform) {
    double below = 0;
    Map.Entry<List<Integer>, Double> last = null;
    for (var entry : law.entrySet()) {
      below += Math.exp(entry.getValue());
      last = entry;
      if (uniform < below) {
        break;
      }
    }
    return Objects.requireNonNull(last);
  }

  @Override
  public Continuation begin(Prompt prompt, int n) {
    return new Text(prompt, n);
  }

  private final class Text implements Continuation {
    private final Prompt prompt;
    private final int n;
    private Completion accepted = EMPTY;
    private List<Completion> candidates = List.of();
    private int block;
    private long drawn;

    Text(Prompt prompt, int n) {
      this.prompt = prompt;
      this.n = n;
    }

    @Override
    public List<Completion> draw(int tokens, DrawProgress progress) {
      int most = Math.min(maxTokens, accepted.length() + tokens);
      candidates =
          IntStream.range(0, n)
              .mapToObj(j -> extended(accepted, j, most, Seeds.block(seed, prompt.key(), block, j)))
              .toList();
      long now = candidates.stream().mapToLong(c -> c.length() - accepted.length()).sum();
      drawn += now;
      progress.drawn(n, now);
      return candidates;
    }

    @Override
    public void accept(int candidate) {
      accepted = candidates.get(candidate);
      block++;
    }

    @Override
    public boolean finished() {
      return accepted.length() == maxTokens
          || (accepted.length() > 0 && accepted.finishReason() == FinishReason.STOP);
    }

    @Override
    public long tokensDecoded() {
      return drawn;
    }

    @Override
    public void close() {}
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public Provenance provenance() {
    return new Provenance("tree", Map.of(), Sampling.plain(maxTokens), seed);
  }

  @Override
  public void close() {}
}
