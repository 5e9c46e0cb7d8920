package topdraw.gateway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.gateway.ledger.Admission.Admitted;
import topdraw.gateway.ledger.DriftBudget.Limit;
import topdraw.gateway.ledger.DriftBudget.Strictness;

/// Two gateways, each a process, at one database. Both are killed at a random moment, and started
/// again, four times. What they said was written down is there, and the budget holds.
class KilledGatewayTest {
  private static final int KILLS = 4;
  private static final double TOP = 1.9;
  private static final Account ACCOUNT = new Account("killed", "best");
  private static final DriftBudget BUDGET =
      new DriftBudget(new Limit.Total(200), Strictness.HARD, Optional.empty(), TOP, 0.05);

  /// A gateway without requests of anyone: it says what it has been told, a line each.
  static final class Gateway {
    private Gateway() {}

    private static void say(String what, Debit debit, String rest) {
      System.out.println(what + " " + debit.first() + " " + rest);
      System.out.flush();
    }

    /// Until it is killed.
    public static void main(String... args) throws IOException {
      RandomGenerator random =
          RandomGeneratorFactory.of("L64X128MixRandom").create(Long.parseLong(args[2]));
      Database database = Database.of(args[0], name -> Optional.ofNullable(System.getenv(name)));
      List<Debit> mine = new ArrayList<>();
      try (DriftAccounts accounts = DriftAccounts.open(database, args[1], InstantSource.system())) {
        while (true) {
          if (mine.size() < 3 || random.nextInt(3) == 0) {
            List<Offer> ladder = List.of(Offer.of(16, TOP, 1), Offer.of(1, 0, 1));
            var admitted = (Admitted) accounts.admit(ACCOUNT, BUDGET, ladder);
            say("admitted", admitted.debit(), "" + admitted.offer().n());
            if (admitted.offer().n() > 1) {
              mine.add(admitted.debit());
            }
          } else {
            Debit debit = mine.remove(random.nextInt(mine.size()));
            if (random.nextInt(4) == 0) {
              say("refunding", debit, "");
              accounts.refund(debit);
              say("refunded", debit, "");
            } else {
              double drift = TOP * random.nextDouble() / 4;
              accounts.settle(debit, List.of(drift));
              say("settled", debit, Double.toHexString(drift));
            }
          }
        }
      }
    }
  }

  /// What the gateways have said, by the number of the entry.
  private static final class Said {
    private final Set<Long> admitted = new HashSet<>();
    private final Set<Long> refunding = new HashSet<>();
    private final Set<Long> refunded = new HashSet<>();
    private final Map<Long, Double> settled = new HashMap<>();

    void heard(String line) {
      String[] words = line.split(" ", -1);
      if (words.length < 3) {
        return; // cut by the kill
      }
      long number = Long.parseLong(words[1]);
      switch (words[0]) {
        case "admitted" -> assertThat(admitted.add(number)).as("a new number: %s", line).isTrue();
        case "refunding" -> refunding.add(number);
        case "refunded" -> refunded.add(number);
        case "settled" -> settled.put(number, Double.parseDouble(words[2]));
        default -> throw new AssertionError(line);
      }
    }

    void isIn(DriftAccounts accounts) throws LedgerException {
      Map<Long, Entry> entries =
          accounts.entries(ACCOUNT, 0.05, Integer.MAX_VALUE).stream()
              .collect(Collectors.toMap(Entry::number, entry -> entry));
      Set<Long> kept = new HashSet<>(admitted);
      kept.removeAll(refunding);
      assertThat(entries.keySet()).as("what was admitted").containsAll(kept);
      assertThat(entries.keySet()).as("what was taken back").doesNotContainAnyElementsOf(refunded);
      Map<Long, Double> drifts = new HashMap<>();
      entries.forEach(
          (number, entry) ->
              entry.settlement().ifPresent(known -> drifts.put(number, known.drift())));
      assertThat(drifts).as("what was settled").containsAllEntriesOf(settled);
      Audit.check(accounts, ACCOUNT, BUDGET);
      assertThat(accounts.standing(ACCOUNT, BUDGET).certificate()).isLessThanOrEqualTo(200);
    }
  }

  private static Process start(String place, String instance, long seed) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Gateway.class.getName(),
            place,
            instance,
            Long.toString(seed));
    builder.environment().put(Database.PASSWORD, PostgresqlServer.PASSWORD);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void assertSurvives(String place, Database database, long seed)
      throws IOException, InterruptedException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Said said = new Said();
    for (int kill = 0; kill < KILLS; kill++) {
      Process one = start(place, "one", random.nextLong());
      Process two = start(place, "two", random.nextLong());
      try (BufferedReader first = lines(one);
          BufferedReader second = lines(two)) {
        hear(first, 1, said);
        hear(second, 1 + random.nextInt(40), said);
        kill(two);
        hear(first, random.nextInt(40), said);
        kill(one);
        hear(first, Integer.MAX_VALUE, said);
        hear(second, Integer.MAX_VALUE, said);
      } finally {
        one.destroyForcibly().waitFor();
        two.destroyForcibly().waitFor();
      }
      try (DriftAccounts accounts = DriftAccounts.open(database, "one", InstantSource.system())) {
        said.isIn(accounts);
        Standing standing = accounts.standing(ACCOUNT, BUDGET);
        assertThat(standing.orphans()).isLessThanOrEqualTo(standing.open());
      }
    }
    assertThat(said.admitted).hasSizeGreaterThan(4 * KILLS);
    assertThat(said.settled).isNotEmpty();
  }

  /// As `kill -9` does it. By its handle: what the process has said can still be heard.
  private static void kill(Process process) {
    assertThat(process.toHandle().destroyForcibly()).isTrue();
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /// Hears so many lines, or all until the process ends.
  private static void hear(BufferedReader lines, int most, Said said) {
    try {
      for (int i = 0; i < most; i++) {
        String line = lines.readLine();
        if (line == null) {
          assertThat(most).as("lines of a process that nobody has killed").isGreaterThan(40);
          return;
        }
        said.heard(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void atOneFile(long seed, @TempDir Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("drift.db");
    assertSurvives(file.toString(), new Database.Sqlite(file), seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 3)
  void atOneServer(long seed) throws IOException, InterruptedException {
    PostgresqlServer server = PostgresqlServer.shared();
    assertSurvives(server.place(), server.database(), seed);
  }
}
