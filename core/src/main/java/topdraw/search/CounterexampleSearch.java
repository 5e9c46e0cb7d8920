package topdraw.search;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import topdraw.theory.bound.Claim;

/// A search for a table that refutes a claim, in rounds: each tries random tables of many shapes,
/// then climbs from the worst of them.
///
/// A round depends on the seed and on its number alone, and rounds are counted from the first
/// without a gap. So the same seed and as many rounds find the same table, whatever the number of
/// cores.
///
/// @param claim what is attacked
/// @param seed where the random numbers start
public record CounterexampleSearch(Claim claim, long seed) {
  private static final int RANDOM = 400;
  private static final int STEPS = 1_200;

  /// What a search has found.
  ///
  /// @param worst the table nearest to refuting the claim, or refuting it
  /// @param rounds how many rounds it took; again as many find the same
  /// @param tables how many tables were tried in them
  public record Result(Trial worst, int rounds, long tables) {
    /// Whether the claim is refuted.
    ///
    /// @return whether the worst table is a counterexample
    public boolean refutes() {
      return Claim.refutes(worst.violation());
    }
  }

  /// Told after each round, from any thread.
  @FunctionalInterface
  public interface Progress {
    /// A round has ended.
    ///
    /// @param rounds how many have
    /// @param worst the largest violation of this round
    void round(int rounds, double worst);
  }

  /// Searches on all cores until a counterexample is found, the rounds are done or the time is up.
  ///
  /// @param budget how long to search; rounds begun are ended
  /// @param mostRounds the most rounds, at least 1
  /// @param progress told after each round
  /// @return the worst table of the rounds up to the first counterexample
  /// @throws InterruptedException if interrupted; rounds under way end first
  public Result run(Duration budget, int mostRounds, Progress progress)
      throws InterruptedException {
    long deadline = System.nanoTime() + budget.toNanos();
    Map<Integer, Trial> found = new ConcurrentSkipListMap<>();
    AtomicInteger next = new AtomicInteger();
    AtomicInteger last = new AtomicInteger(mostRounds - 1);
    BooleanSupplier goOn =
        () -> System.nanoTime() < deadline && !Thread.currentThread().isInterrupted();
    Runnable work =
        () -> {
          for (int r = next.getAndIncrement();
              r <= last.get() && (r == 0 || goOn.getAsBoolean());
              r = next.getAndIncrement()) {
            Trial worst = round(r);
            found.put(r, worst);
            if (Claim.refutes(worst.violation())) {
              last.accumulateAndGet(r, Math::min);
            }
            progress.round(found.size(), worst.violation());
          }
        };
    onAllCores(work);
    return result(found);
  }

  private static void onAllCores(Runnable work) throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    try (ExecutorService executor = Executors.newFixedThreadPool(cores)) {
      var tasks =
          IntStream.range(0, cores).<Future<?>>mapToObj(core -> executor.submit(work)).toList();
      try {
        for (Future<?> task : tasks) {
          task.get();
        }
      } finally {
        executor.shutdownNow();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a round failed: " + e.getCause(), e.getCause());
    }
  }

  /// The rounds without a gap from the first, up to the first counterexample: threads beyond it may
  /// or may not have ended theirs.
  private Result result(Map<Integer, Trial> found) {
    Trial worst = null;
    int rounds = 0;
    for (Trial trial = found.get(0); trial != null; trial = found.get(rounds)) {
      rounds++;
      worst = worst == null || trial.isWorseThan(worst) ? trial : worst;
      if (Claim.refutes(trial.violation())) {
        break;
      }
    }
    if (worst == null) {
      throw new IllegalStateException("the first round always ends");
    }
    return new Result(worst, rounds, (long) rounds * (RANDOM + STEPS));
  }

  /// One round: the worst of many random tables, made worse step by step.
  private Trial round(int number) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + number);
    TableShapes shapes = new TableShapes(random);
    Trial worst = tried(shapes.draws(claim.leastN()), shapes.logWeights());
    for (int i = 1; i < RANDOM; i++) {
      Trial other = tried(shapes.draws(claim.leastN()), shapes.logWeights());
      worst = other.isWorseThan(worst) ? other : worst;
    }
    double step = 0.5;
    for (int i = 0; i < STEPS; i++) {
      Trial other =
          tried(
              shapes.changed(worst.n(), claim.leastN(), step),
              shapes.changed(worst.logWeights(), step));
      boolean worse = other.isWorseThan(worst);
      worst = worse ? other : worst;
      step = Math.clamp(step * (worse ? 1.5 : 0.97), 1e-6, 2);
    }
    return worst;
  }

  private Trial tried(int n, double[] logWeights) {
    return Trial.of(claim, n, logWeights);
  }
}
