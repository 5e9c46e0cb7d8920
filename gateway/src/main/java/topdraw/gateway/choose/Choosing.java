package topdraw.gateway.choose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.gateway.draw.Candidate;
import topdraw.gateway.draw.Candidates;
import topdraw.gateway.question.ApiException;
import topdraw.reference.Continuation;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Seeds;
import topdraw.reward.Reward;
import topdraw.selection.Blockwise;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.RandomChoice;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.law.Selection;

/// One answer: its candidates are drawn side by side, scored, and one is chosen.
///
/// Choices go by a candidate's index, never by when it came: what came first is shorter than what
/// came last, and a choice among first comers would be one from another policy. An early stop ends
/// when a candidate passes and all before it are known; the others are given up at once. A
/// candidate that failed is drawn again, twice; then the answer is chosen among the others, unless
/// there are none.
public final class Choosing {
  /// The code of an answer that did not come in time.
  public static final String LATE = "deadline_exceeded";

  private static final int TRIES = 3;

  private final Candidates source;
  private final Prompt prompt;
  private final int ahead;
  private final long seed;
  private final int first;
  private final Reward reward;
  private final Watcher watcher;
  private final long deadline;

  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Map<Integer, Future<?>> underWay = new TreeMap<>();
  private final TreeMap<Integer, Candidate> drawn = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private int cancelled;
  private int redrawn;

  /// Told how the drawing goes, on the thread that chooses.
  public interface Watcher {
    /// A candidate has come.
    ///
    /// @param candidate the candidate, scored where the method scores one at a time
    /// @param of how many are drawn at most
    void drawn(Candidate candidate, int of);

    /// Whether somebody looks on, so that each candidate is scored as it comes, where the reward
    /// scores one at a time. Scores are the same; scoring many together costs less.
    ///
    /// @return false unless it says otherwise
    default boolean looksOn() {
      return false;
    }

    /// A block has been accepted.
    ///
    /// @param answer all that is accepted so far, this block included
    default void accepted(Draw answer) {}
  }

  /// What came of a draw.
  private record Arrival(
      int index, int tries, @Nullable Candidate candidate, @Nullable RuntimeException failure) {}

  /// An answer to be chosen.
  ///
  /// @param source where candidates come from; stays the caller's to close
  /// @param prompt what is asked
  /// @param ahead how many candidates an early stop asks for at once
  /// @param seed the seed of the question's draws
  /// @param first index of this answer's first candidate
  /// @param reward scores them
  /// @param watcher is told how it goes
  /// @param deadline when it has to be there, by [System#nanoTime]
  public Choosing(
      Candidates source,
      Prompt prompt,
      int ahead,
      long seed,
      int first,
      Reward reward,
      Watcher watcher,
      long deadline) {
    this.source = source;
    this.prompt = prompt;
    this.ahead = ahead;
    this.seed = seed;
    this.first = first;
    this.reward = reward;
    this.watcher = watcher;
    this.deadline = deadline;
  }

  /// Draws and chooses.
  ///
  /// @param plan how
  /// @return what was chosen, among what
  /// @throws ApiException if there is no answer: all draws failed, none has a score, time is up
  /// @throws CancellationException if the thread is interrupted; every draw is given up at once
  public Chosen by(Plan plan) {
    return plan.blockTokens().isPresent()
        ? blocks(plan, plan.blockTokens().getAsInt())
        : by(plan.selection());
  }

  private Chosen blocks(Plan plan, int blockTokens) {
    Blockwise method = new Blockwise(plan.n(), blockTokens, List.of(reward));
    try (Continuation text = source.begin(plan.n())) {
      BlockwiseRound round =
          method.select(
              text,
              prompt,
              source.mostTokens(),
              (blocks, tokens) -> requireTime(),
              block -> watcher.accepted(block.accepted()));
      return new Chosen.BlockByBlock(round, source.candidate(round.answer()).at(0));
    }
  }

  private void requireTime() {
    if (System.nanoTime() - deadline > 0) throw late();
  }

  private Chosen by(Selection selection) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        return switch (selection) {
          case Selection.BestOfN(double n) -> best(threads, selection, (int) n);
          case Selection.EarlyStop(double n, double threshold) ->
              first(threads, selection, (int) n, threshold);
          case Selection.SoftBestOfN(int n, double temperature) ->
              soft(threads, selection, n, temperature);
          case Selection.BestOfPoisson(double mu) ->
              best(threads, selection, 1 + RandomChoice.poisson(mu, choices()));
          case Selection.RewindAndRepeat rewind ->
              throw new IllegalArgumentException("nothing is drawn here without an end");
        };
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private java.util.random.RandomGenerator choices() {
    return Seeds.choices(seed, prompt.key(), first);
  }

  private Chosen best(ExecutorService threads, Selection selection, int n) {
    List<Candidate> candidates = all(threads, n);
    int chosen = Selector.best(candidates.stream().map(c -> c.draw().score()).toList());
    return chosen(selection, candidates, chosen, false);
  }

  private Chosen soft(ExecutorService threads, Selection selection, int n, double temperature) {
    List<Candidate> candidates = all(threads, n);
    double[] ranks = candidates.stream().mapToDouble(c -> c.draw().score().rank()).toArray();
    return chosen(selection, candidates, RandomChoice.soft(ranks, temperature, choices()), false);
  }

  private List<Candidate> all(ExecutorService threads, int n) {
    boolean each = watcher.looksOn() && !reward.comparesDraws();
    for (int i = 0; i < n; i++) send(threads, i, 1);
    while (!underWay.isEmpty()) {
      Arrival arrival = next();
      if (arrival.candidate() != null) {
        Candidate candidate =
            each ? scored(List.of(arrival.candidate())).getFirst() : arrival.candidate();
        drawn.put(arrival.index(), candidate);
        watcher.drawn(candidate, n);
      } else {
        failed(threads, arrival);
      }
    }
    List<Candidate> all = requireSome(List.copyOf(drawn.values()));
    return each ? all : scored(all);
  }

  /// A window of draws ahead of the first that is not known yet.
  private Chosen first(ExecutorService threads, Selection selection, int n, double threshold) {
    int sent = 0;
    int passed = n; // the first known to pass
    while (true) {
      while (sent < Math.min(n, passed) && underWay.size() < ahead) {
        send(threads, sent++, 1);
      }
      if (underWay.isEmpty()) break;
      Arrival arrival = next();
      if (arrival.candidate() == null) {
        failed(threads, arrival);
      } else {
        Candidate candidate = scored(List.of(arrival.candidate())).getFirst();
        drawn.put(arrival.index(), candidate);
        watcher.drawn(candidate, n);
        if (candidate.draw().score() instanceof Score.Value(double value) && value >= threshold) {
          passed = Math.min(passed, arrival.index());
          giveUpBehind(passed);
        }
      }
    }
    List<Candidate> known = requireSome(List.copyOf(drawn.headMap(passed, true).values()));
    cancelled += drawn.tailMap(passed, false).size();
    boolean stopped = passed < n;
    int chosen =
        stopped
            ? known.size() - 1
            : Selector.best(known.stream().map(c -> c.draw().score()).toList());
    return chosen(selection, known, chosen, stopped);
  }

  private void giveUpBehind(int index) {
    underWay
        .entrySet()
        .removeIf(
            entry -> {
              boolean behind = entry.getKey() > index;
              if (behind) {
                entry.getValue().cancel(true);
                cancelled++;
              }
              return behind;
            });
  }

  private void send(ExecutorService threads, int index, int tries) {
    underWay.put(
        index,
        threads.submit(
            () -> {
              try {
                Candidate candidate = source.draw(first + index);
                arrivals.add(new Arrival(index, tries, candidate.at(index), null));
              } catch (CancellationException e) {
                // nobody waits for it any more
              } catch (RuntimeException e) {
                arrivals.add(new Arrival(index, tries, null, e));
              }
            }));
  }

  private Arrival next() {
    while (true) {
      Arrival arrival;
      try {
        arrival = arrivals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        throw new CancellationException("interrupted while drawing");
      }
      if (arrival == null) {
        throw late();
      }
      if (underWay.remove(arrival.index()) != null) return arrival;
    }
  }

  private static ApiException late() {
    return ApiException.failed(
        504,
        LATE,
        "the draws took longer than they may, and an answer among those that came first would be"
            + " one of another policy; ask for fewer, or give topdraw.deadline_ms more");
  }

  private void failed(ExecutorService threads, Arrival arrival) {
    switch (arrival.failure()) {
      case DrawFailedException e when arrival.tries() < TRIES -> {
        redrawn++;
        send(threads, arrival.index(), arrival.tries() + 1);
      }
      case DrawFailedException e -> failures.add(String.valueOf(e.getMessage()));
      case null -> throw new IllegalStateException("a draw came to nothing");
      case RuntimeException e -> throw e;
    }
  }

  private List<Candidate> requireSome(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      throw ApiException.failed(
          502,
          "all_draws_failed",
          "no completion could be drawn: " + (failures.isEmpty() ? "?" : failures.getLast()));
    }
    return candidates;
  }

  private List<Candidate> scored(List<Candidate> candidates) {
    List<Draw> scored =
        Selector.scored(
            List.of(reward),
            PromptDraws.of(prompt, candidates.stream().map(Candidate::draw).toList()));
    List<Candidate> with = new ArrayList<>();
    for (int i = 0; i < scored.size(); i++) with.add(candidates.get(i).with(scored.get(i)));
    return with;
  }

  private Chosen chosen(
      Selection selection, List<Candidate> candidates, int chosen, boolean stopped) {
    List<Draw> draws = candidates.stream().map(Candidate::draw).toList();
    // The model's own answer is the best of nothing, and needs no score.
    boolean own = selection instanceof Selection.BestOfN(double n) && n == 1;
    if (!own && !(draws.get(chosen).score() instanceof Score.Value)) {
      String why =
          draws.get(chosen).score() instanceof Score.Missing(String reason) ? reason : "no score";
      throw ApiException.failed(
          502,
          "no_scores",
          "none of %d completions has a score by %s, so none can be called the best: %s"
              .formatted(draws.size(), reward.name(), why));
    }
    Round round =
        new Round(prompt, selection, List.of(reward.name()), draws, draws.size(), chosen, stopped);
    return new Chosen.AmongWhole(
        round, candidates, new Chosen.Mishaps(failures, redrawn, cancelled));
  }
}
