package topdraw.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import topdraw.gateway.ledger.Account;
import topdraw.gateway.ledger.Database;
import topdraw.gateway.ledger.DriftAccounts;
import topdraw.json.Json;

/// The gateway under faults: a server that refuses, breaks off and dawdles, clients that leave, two
/// kills without warning. Then its ledger is held against what its clients were told.
///
/// @param folder takes settings and the ledger
/// @param n completions an answer
/// @param perSecond questions a second
/// @param time how long
/// @param progress is told now and then in a line
record GatewaySoak(Path folder, int n, double perSecond, Duration time, Consumer<String> progress) {
  private static final Duration LATE = Duration.ofMillis(5);
  private static final int KILLS = 2;
  private static final int LOOKS = 6;
  private static final int KINDS = 10;
  private static final int LEAVES = 0;
  private static final int STREAMS = 1;
  private static final long LEFT_SECONDS = 5;
  private static final long DRAIN_SECONDS = 60;

  /// What the process held at a time.
  ///
  /// @param minute from the beginning
  /// @param vitals what it held
  record Sample(double minute, Vitals vitals) {}

  /// What came of it.
  ///
  /// @param minutes how long it was
  /// @param kills without warning
  /// @param asked questions
  /// @param answered questions
  /// @param left questions whose client left at once
  /// @param errors questions that were answered with an error
  /// @param down questions that found no gateway, or lost it
  /// @param told entries that clients were told
  /// @param settled entries that the ledger holds as settled
  /// @param toldAreSettled whether each entry that was told is settled there, to the last digit
  /// @param sumsFollow whether sums and certificate follow from the entries, to the last digit
  /// @param open entries that nobody settled, though their gateway was not killed
  /// @param orphans entries that a killed gateway left open
  /// @param samples what the process held over time
  record Report(
      double minutes,
      int kills,
      int asked,
      int answered,
      int left,
      int errors,
      int down,
      long told,
      long settled,
      boolean toldAreSettled,
      boolean sumsFollow,
      long open,
      long orphans,
      List<Sample> samples) {
    /// Copies the list.
    Report {
      samples = List.copyOf(samples);
    }

    /// Whether the ledger holds what it should: all that was told, and beside it only what nobody
    /// can have been told.
    boolean addsUp() {
      return toldAreSettled && sumsFollow && open == 0 && settled - told <= left + down;
    }
  }

  /// What the clients saw.
  private static final class Seen {
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicInteger down = new AtomicInteger();
    private final Map<String, ConcurrentLinkedQueue<Double>> told = new ConcurrentHashMap<>();

    void told(String alias, double nats) {
      answered.incrementAndGet();
      told.computeIfAbsent(alias, _ -> new ConcurrentLinkedQueue<>()).add(nats);
    }
  }

  /// Soaks it.
  ///
  /// @throws IOException if the gateway does not start again, or does not end when it is told to
  Report run() throws IOException {
    Path ledger = folder.resolve("ledger.db");
    Seen seen = new Seen();
    List<Sample> samples = new ArrayList<>();
    Duration leg = time.dividedBy(KILLS + 1);
    ConstantRate load = new ConstantRate(perSecond, (int) (perSecond * leg.toMillis() / 1000));
    Instant lastKill = Instant.MIN;
    long began = System.nanoTime();
    try (ServerProcess upstream = ServerProcess.faulty(LATE);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String settings =
          GatewayProcess.settings(upstream.url(), n, Optional.of(ledger))
              + "[aliases.first]\nmethod = 'early-stop'\nn = 8\nreward = 'regex:word7'\n";
      for (int part = 0; part <= KILLS; part++) {
        int first = part * load.questions();
        try (GatewayProcess gateway = GatewayProcess.start(folder, settings)) {
          Future<Latencies> asking =
              threads.submit(() -> load.of(i -> ask(gateway.port(), first + i, seen)));
          for (int look = 0; look < LOOKS; look++) {
            TimeUnit.NANOSECONDS.sleep(leg.toNanos() / (LOOKS + 1));
            samples.add(look(gateway, began, seen));
          }
          if (part < KILLS) {
            gateway.kill(); // while the rest still come
            lastKill = Instant.now();
          }
          asking.get();
          if (part == KILLS) samples.add(ended(gateway, began, seen));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return report(ledger, (KILLS + 1) * load.questions(), seen, samples, lastKill);
  }

  private Sample look(GatewayProcess gateway, long began, Seen seen) throws IOException {
    Sample sample = new Sample((System.nanoTime() - began) / 6e10, gateway.vitals());
    progress.accept(
        "%.1f minutes: %d answered, %d errors, %d while it was down; %s"
            .formatted(
                sample.minute(),
                seen.answered.get(),
                seen.errors.get(),
                seen.down.get(),
                sample.vitals()));
    return sample;
  }

  /// Lets what clients left behind come to its end, and tells the gateway to end too.
  ///
  /// @return what it held at last
  private Sample ended(GatewayProcess gateway, long began, Seen seen)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(LEFT_SECONDS);
    Sample last = look(gateway, began, seen);
    gateway.process().destroy();
    if (!gateway.process().waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the gateway does not end");
    }
    return last;
  }

  private static String alias(int i) {
    return i / KINDS % 2 == 0 ? "best" : "first";
  }

  private static void ask(int port, int i, Seen seen) {
    String alias = alias(i);
    boolean streams = i % KINDS == STREAMS;
    byte[] question = GatewayBench.question(alias, i, streams ? ",\"stream\":true" : "");
    try (Connection connection = new Connection(port)) {
      connection.send(question);
      if (i % KINDS == LEAVES) {
        TimeUnit.MILLISECONDS.sleep(i / KINDS % 8);
        seen.left.incrementAndGet();
        return;
      }
      Connection.Reply reply = connection.reply();
      Optional<Double> entry = reply.status() == 200 ? entry(reply.text()) : Optional.empty();
      if (entry.isPresent()) seen.told(alias, entry.get());
      else seen.errors.incrementAndGet();
    } catch (IOException e) {
      seen.down.incrementAndGet();
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted");
    }
  }

  /// What an answer, in one piece or as a stream, says that it was entered with.
  private static Optional<Double> entry(String answer) {
    return answer
        .lines()
        .map(line -> line.startsWith("data: ") ? line.substring("data: ".length()) : line)
        .filter(line -> line.startsWith("{"))
        .map(line -> Json.read(line).path("topdraw").path("ledger_entry_nats"))
        .filter(JsonNode::isNumber)
        .map(JsonNode::doubleValue)
        .findFirst();
  }

  private Report report(Path ledger, int asked, Seen seen, List<Sample> samples, Instant lastKill)
      throws IOException {
    long told = 0;
    long settled = 0;
    long open = 0;
    long orphans = 0;
    boolean toldAreSettled = true;
    boolean sumsFollow = true;
    try (DriftAccounts accounts =
        DriftAccounts.open(new Database.Sqlite(ledger), "audit", InstantSource.system())) {
      for (Account account : accounts.accounts()) {
        LedgerAudit audit = LedgerAudit.of(accounts, account);
        List<Double> said =
            List.copyOf(seen.told.getOrDefault(account.alias(), new ConcurrentLinkedQueue<>()));
        told += said.size();
        settled += audit.settled().size();
        toldAreSettled &= audit.holds(said);
        sumsFollow &= audit.sumsFollow();
        long late = audit.open().stream().filter(lastKill::isBefore).count();
        open += late;
        orphans += audit.open().size() - late;
      }
    }
    return new Report(
        time.toMillis() / 60_000.0,
        KILLS,
        asked,
        seen.answered.get(),
        seen.left.get(),
        seen.errors.get(),
        seen.down.get(),
        told,
        settled,
        toldAreSettled,
        sumsFollow,
        open,
        orphans,
        samples);
  }
}
