package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A claim attacked, and the table that was found looked at.
class ConjectureCommandTest {
  @TempDir private Path temp;

  @Test
  void theFalseOneIsRefutedAndItsTableIsReadyToBeLookedAt() {
    Path table = temp.resolve("worst.json");
    Ran found =
        Ran.topdraw("conjecture", "7.2", "--budget", "60s", "--seed", "1", "-o", table.toString());
    assertThat(found.exitCode()).as(found.err()).isEqualTo(4);
    assertThat(found.out()).contains("counterexample found", "false");
    Ran looked = Ran.topdraw("exact", table.toString(), "-n", "2");
    assertThat(looked.exitCode()).as(looked.err()).isZero();
    assertThat(looked.out()).contains("Conjecture 7.2 as we read it: refuted here");
  }

  @Test
  void theProvenOneStands() {
    Ran stands = Ran.topdraw("conjecture", "4.4", "--budget", "1s");
    assertThat(stands.exitCode()).as(stands.err()).isZero();
    assertThat(stands.out()).contains("no counterexample", "a theorem by T1");
  }

  @ParameterizedTest
  @CsvSource({
    "'conjecture;9.9', 9.9",
    "'conjecture;7.2;--budget;never', budget",
    "'exact;no-such.json', no-such.json",
    "'plan', plan",
    "'plan;--win-rate;1.5', a win rate to reach",
  })
  void aMisuseIsOneLineAndExitCodeTwo(String args, String named) {
    Ran ran = Ran.topdraw(args.split(";"));
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err().strip().lines()).as(ran.err()).hasSize(1);
    assertThat(ran.err()).contains(named).doesNotContain("Exception");
  }

  @Test
  void aTargetThatCannotBeMetEndsWithFour() {
    assertThat(Ran.topdraw("plan", "--win-rate", "0.9").exitCode()).isZero();
    assertThat(Ran.topdraw("plan", "--win-rate", "0.95", "--kl", "0.5").exitCode()).isEqualTo(4);
  }
}
