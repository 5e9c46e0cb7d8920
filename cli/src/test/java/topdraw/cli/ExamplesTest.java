package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples run as a reader would run them.
class ExamplesTest {
  @TempDir private Path temp;

  private static String run(String... arguments) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path")));
    words.addAll(List.of(arguments));
    Process java = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void bestOfSixteenDrawsChoosesAndPrintsItsFindings() throws IOException, InterruptedException {
    assertThat(run("../examples/BestOfSixteen.java"))
        .contains("Paris")
        .contains("KL divergence at most 1.836 nats (theorem")
        .contains("win rate at most 0.9412 (theorem");
  }

  /// The policy is known: of guesses that hit with probability 0.2, best-of-32 drifts by q
  /// log(q/0.2) + (1-q) log((1-q)/0.8), q = 1 - 0.8^32.
  @Test
  void aPolicyOfOnesOwnIsRecordedAnalysedAndPlanned() throws IOException, InterruptedException {
    double miss = Math.pow(0.8, 32);
    double kl = (1 - miss) * Math.log((1 - miss) / 0.2) + miss * Math.log(miss / 0.8);
    String printed = run("../examples/OwnPolicy.java", temp.resolve("run").toString());
    assertThat(printed)
        .contains("KL divergence " + Math.round(kl * 1000) / 1000.0 + " nats (exact")
        .contains("StopAt[cap=")
        .contains("reward at least 0.95");
    String page = Files.readString(Path.of("..", "docs", "library.md"));
    String sentences = page.split("```text\n")[1].split("```")[0];
    assertThat(printed.lines()).containsAll(sentences.lines().toList());
  }
}
