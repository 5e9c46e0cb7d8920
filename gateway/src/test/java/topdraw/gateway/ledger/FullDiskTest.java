package topdraw.gateway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import topdraw.gateway.ledger.Admission.Admitted;

/// A process whose files may not grow any more, as on a full disk: it is told so, what it was told
/// before is there, and it goes on when there is room.
@DisabledOnOs(OS.WINDOWS) // it has no such limit
class FullDiskTest {
  private static final Account ACCOUNT = new Account("full", "best");
  private static final DriftBudget BUDGET = DriftBudget.none(2, 0.05);

  /// In blocks of 512 bytes, 3 MiB: above what the driver unpacks, below the log of 4 MiB that
  /// SQLite writes before it begins again.
  private static final int BLOCKS = 6144;

  /// Admits until it cannot, and says how often it could, and why no longer.
  static final class Gateway {
    private Gateway() {}

    public static void main(String... args) throws LedgerException {
      int admitted = 0;
      try (DriftAccounts accounts =
          DriftAccounts.open(
              new Database.Sqlite(Path.of(args[0])), "one", InstantSource.system())) {
        while (true) {
          try {
            debit(accounts);
            admitted++;
          } catch (LedgerException e) {
            System.out.println(admitted + " " + e.getMessage());
            return;
          }
        }
      }
    }
  }

  private static Debit debit(DriftAccounts accounts) throws LedgerException {
    return ((Admitted) accounts.admit(ACCOUNT, BUDGET, List.of(Offer.of(16, 1.8, 1)))).debit();
  }

  @Test
  void whatWasAdmittedBeforeIsThere(@TempDir Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("drift.db");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f " + BLOCKS + " && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Gateway.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .contains(" the drift ledger in " + file + " cannot be written: ")
        .hasLineCount(1);
    int admitted = Integer.parseInt(said.substring(0, said.indexOf(' ')));
    assertThat(admitted).isGreaterThan(10);
    try (DriftAccounts accounts =
        DriftAccounts.open(new Database.Sqlite(file), "one", InstantSource.system())) {
      assertThat(accounts.standing(ACCOUNT, BUDGET).open()).isEqualTo(admitted);
      accounts.settle(debit(accounts), List.of(0.5));
      Audit.check(accounts, ACCOUNT, BUDGET);
    }
  }
}
