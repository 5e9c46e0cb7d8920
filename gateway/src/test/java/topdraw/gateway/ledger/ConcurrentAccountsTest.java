package topdraw.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.gateway.ledger.Admission.Admitted;
import topdraw.gateway.ledger.DriftBudget.Limit;
import topdraw.gateway.ledger.DriftBudget.Strictness;

/// Two gateways of many threads at one database: admitted, settled and taken back in any order.
class ConcurrentAccountsTest {
  private static final int THREADS = 8;
  private static final int STEPS = 60;
  private static final double TOP = 1.9;
  private static final List<Offer> LADDER =
      List.of(Offer.of(16, TOP, 2), Offer.of(16, TOP, 1), Offer.of(4, 0.64, 1), Offer.of(1, 0, 1));

  /// What became of an answer, as the thread that asked was told.
  private record Told(Optional<Double> drift) {}

  /// The database, the budget, and what the threads were told.
  private record Schedule(
      List<DriftAccounts> gateways,
      List<Account> accounts,
      DriftBudget budget,
      Map<Debit, Told> told) {

    /// One thread's steps: a random one of its debits is settled or taken back, or one more made.
    void run(RandomGenerator random) throws LedgerException {
      List<Admitted> mine = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        DriftAccounts gateway = gateways.get(random.nextInt(gateways.size()));
        Account account = accounts.get(random.nextInt(accounts.size()));
        if (mine.isEmpty() || random.nextInt(3) == 0) {
          List<Offer> ladder = LADDER.subList(random.nextInt(LADDER.size()), LADDER.size());
          if (gateway.admit(account, budget, ladder) instanceof Admitted admitted) {
            mine.add(admitted);
            told.put(admitted.debit(), new Told(Optional.empty()));
          }
        } else {
          Admitted one = mine.remove(random.nextInt(mine.size()));
          Debit debit = one.debit();
          if (random.nextInt(4) == 0) {
            gateway.refund(debit);
            told.remove(debit);
          } else {
            double drift = one.offer().most() * Math.min(1, random.nextDouble(1.2));
            gateway.settle(
                debit, IntStream.range(0, debit.answers()).mapToObj(_ -> drift).toList());
            told.put(debit, new Told(Optional.of(drift)));
          }
        }
        holds(gateway, account);
      }
    }

    void holds(DriftAccounts gateway, Account account) throws LedgerException {
      Standing standing = gateway.standing(account, budget);
      double limit =
          switch (budget.limit()) {
            case Limit.Total(double nats) -> nats;
            case Limit.Mean(double nats) -> nats * (standing.answers() + standing.open());
            case Limit.None() -> Double.POSITIVE_INFINITY;
          };
      assertThat(standing.certificate()).isLessThanOrEqualTo(limit);
    }
  }

  private static void assertHolds(Database database, long seed) throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double least = DriftBudget.leastHardTotal(TOP, 0.05);
    Limit limit =
        random.nextInt(3) == 0
            ? new Limit.Mean(least * random.nextDouble(0.1, 1))
            : new Limit.Total(least * random.nextDouble(1.01, 6));
    DriftBudget budget = new DriftBudget(limit, Strictness.HARD, Optional.empty(), TOP, 0.05);
    List<Account> accounts = List.of(new Account("a" + seed, "x"), new Account("b" + seed, "x"));
    try (DriftAccounts one = DriftAccounts.open(database, "one", InstantSource.system());
        DriftAccounts two = DriftAccounts.open(database, "two", InstantSource.system());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var schedule = new Schedule(List.of(one, two), accounts, budget, new ConcurrentHashMap<>());
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        RandomGenerator own =
            RandomGeneratorFactory.of("L64X128MixRandom").create(random.nextLong());
        work.add(
            () -> {
              schedule.run(own);
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
      for (Account account : accounts) {
        Audit.check(one, account, budget);
      }
      assertThat(stored(one, accounts)).isEqualTo(expected(schedule.told));
    }
  }

  /// Drifts as the entries have them; an open one is -1.
  private static List<Double> stored(DriftAccounts gateway, List<Account> accounts)
      throws LedgerException {
    List<Double> drifts = new ArrayList<>();
    for (Account account : accounts) {
      for (Entry entry : gateway.entries(account, 0.05, Integer.MAX_VALUE)) {
        drifts.add(entry.settlement().map(Entry.Settlement::drift).orElse(-1.0));
      }
    }
    return drifts.stream().sorted().toList();
  }

  private static List<Double> expected(Map<Debit, Told> told) {
    return told.entrySet().stream()
        .map(
            entry ->
                IntStream.range(0, entry.getKey().answers())
                    .mapToObj(_ -> entry.getValue().drift().orElse(-1.0))
                    .toList())
        .flatMap(Collection::stream)
        .sorted()
        .toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void inOneFileNothingIsLostAndNoHardBudgetIsPassed(long seed, @TempDir Path folder)
      throws Exception {
    assertHolds(new Database.Sqlite(folder.resolve("drift.db")), seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void atOneServerNothingIsLostAndNoHardBudgetIsPassed(long seed) throws Exception {
    assertHolds(PostgresqlServer.shared().database(), seed);
  }
}
