package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import topdraw.cli.Ran;

/// `topdraw bench blockwise`, on the real model.
class BlockwiseBenchCommandTest {
  @Test
  void theBenchPutsEveryBlockLengthBesidePlain() {
    Ran ran =
        Ran.topdraw(
            "bench",
            "blockwise",
            "-n",
            "2",
            "--max-tokens",
            "6",
            "--blocks",
            "6,2",
            "--rounds",
            "1");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .containsPattern("plain +\\d+\\.\\d\\d +1\\.00 \\(1\\.00 to 1\\.00\\)")
        .containsPattern("blocks of 6 +\\d+\\.\\d\\d +\\d+\\.\\d\\d \\(")
        .containsPattern("blocks of 2 +\\d+\\.\\d\\d +\\d+\\.\\d\\d \\(");
  }
}
