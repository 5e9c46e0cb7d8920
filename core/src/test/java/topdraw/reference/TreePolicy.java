package topdraw.reference;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.theory.law.TokenTree;

/// A reference policy that writes the texts of a tree, token by token: what it draws has a law that
/// is known exactly, block by block too.
public final class TreePolicy implements BlockPolicy, PausingPolicy {
  private static final Tokens.Ids EMPTY = new Tokens.Ids(new int[0], new double[0]);

  private final TokenTree tree;
  private final int maxTokens;
  private final long seed;

  public TreePolicy(TokenTree tree, int maxTokens, long seed) {
    this.tree = tree;
    this.maxTokens = maxTokens;
    this.seed = seed;
  }

  @Override
  public void drawAll(Iterator<Request> requests, Answers answers) {
    ReferencePolicy.oneByOne(
        requests,
        answers,
        r ->
            new Answer.Drawn(
                extended(
                    EMPTY, r.index(), maxTokens, Seeds.stream(seed, r.prompt().key(), r.index()))));
  }

  private Draw extended(Tokens.Ids text, int index, int most, RandomGenerator random) {
    int[] ids = Arrays.copyOf(text.ids(), most);
    double[] logP = Arrays.copyOf(text.logProbabilities(), most);
    int length = text.size();
    boolean ended = false;
    while (length < most && !ended) {
      List<Integer> written = Arrays.stream(ids, 0, length).boxed().toList();
      var next = pick(tree.continuations(written, 1), random.nextDouble());
      ids[length] = next.getKey().getFirst();
      logP[length++] = next.getValue();
      ended = ids[length - 1] == TokenTree.END;
    }
    var tokens =
        new Tokens.Ids(
            Arrays.copyOf(ids, length),
            Arrays.stream(logP, 0, length).map(log -> Math.min(0, log)).toArray());
    return Draw.of(
        index,
        Arrays.toString(tokens.ids()),
        tokens,
        LogProbability.exact(tokens.logProbability(0)),
        ended ? FinishReason.STOP : FinishReason.LENGTH);
  }

  private static Tokens.Ids ids(Draw draw) {
    return (Tokens.Ids) draw.tokens();
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
    private Tokens.Ids accepted = EMPTY;
    private boolean ended;
    private List<Draw> candidates = List.of();
    private int block;
    private long drawn;

    Text(Prompt prompt, int n) {
      this.prompt = prompt;
      this.n = n;
    }

    @Override
    public List<Draw> draw(int tokens, DrawProgress progress) {
      if (finished() || !candidates.isEmpty()) {
        throw new IllegalStateException("the text is whole, or candidates wait");
      }
      int most = Math.min(maxTokens, accepted.size() + tokens);
      candidates =
          IntStream.range(0, n)
              .mapToObj(j -> extended(accepted, j, most, Seeds.block(seed, prompt.key(), block, j)))
              .toList();
      long now = candidates.stream().mapToLong(c -> ids(c).size() - accepted.size()).sum();
      drawn += now;
      progress.drawn(n, now);
      return candidates;
    }

    @Override
    public void accept(int candidate) {
      if (candidates.isEmpty()) {
        throw new IllegalStateException("no candidates wait");
      }
      if (candidate < 0 || candidate >= candidates.size()) {
        throw new IllegalArgumentException("no candidate " + candidate);
      }
      accepted = ids(candidates.get(candidate));
      ended = !candidates.get(candidate).finish().cut();
      candidates = List.of();
      block++;
    }

    @Override
    public boolean finished() {
      return ended || accepted.size() == maxTokens;
    }

    @Override
    public long tokensDecoded() {
      return drawn;
    }

    @Override
    public void close() {}
  }

  @Override
  public Beginnings beginnings(Prompt prompt, int n) {
    return new Side(prompt, n);
  }

  /// Texts that go on by streams of their own, where they paused.
  private final class Side implements Beginnings {
    private final RandomGenerator[] streams;
    private final Draw[] draws;
    private final boolean[] givenUp;
    private boolean begun;
    private long drawn;

    Side(Prompt prompt, int n) {
      streams = new RandomGenerator[n];
      Arrays.setAll(streams, j -> Seeds.stream(seed, prompt.key(), j));
      draws = new Draw[n];
      Arrays.setAll(draws, j -> extended(EMPTY, j, 0, streams[j]));
      givenUp = new boolean[n];
    }

    @Override
    public List<Draw> drawTo(int tokens, DrawProgress progress) {
      begun = true;
      long before = drawn;
      int most = Math.min(maxTokens, tokens);
      for (int j = 0; j < draws.length; j++) {
        Draw draw = draws[j];
        if (!givenUp[j] && draw.finish().cut() && ids(draw).size() < most) {
          draws[j] = extended(ids(draw), j, most, streams[j]);
          drawn += ids(draws[j]).size() - ids(draw).size();
        }
      }
      progress.drawn((int) Arrays.stream(draws).filter(this::whole).count(), drawn - before);
      return List.of(draws);
    }

    private boolean whole(Draw draw) {
      return !draw.finish().cut() || ids(draw).size() == maxTokens;
    }

    @Override
    public void giveUp(int completion) {
      if (!begun) {
        throw new IllegalStateException("nothing was drawn yet");
      }
      if (completion < 0 || completion >= draws.length) {
        throw new IllegalArgumentException("no completion " + completion);
      }
      givenUp[completion] = true;
    }

    @Override
    public long tokensDecoded() {
      return drawn;
    }

    @Override
    public void close() {}
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, 1);
  }

  @Override
  public Provenance provenance() {
    return new Provenance("tree", Map.of(), Sampling.plain(maxTokens), seed);
  }

  @Override
  public void close() {}
}
