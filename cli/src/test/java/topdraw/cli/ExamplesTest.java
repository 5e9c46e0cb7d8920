package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The examples run as a reader would run them.
class ExamplesTest {
  @Test
  void bestOfSixteenDrawsChoosesAndPrintsItsFindings() throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Path.of("..", "examples", "BestOfSixteen.java").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("Paris")
        .contains("kl <= 1.8350887222397811 (theorem)")
        .contains("win_rate <= 0.9411764705882353 (theorem)");
  }
}
