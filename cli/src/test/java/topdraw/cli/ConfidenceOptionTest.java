package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// Whoever prints an interval or a certificate is asked how sure it is to be.
class ConfidenceOptionTest {
  private static final String TWELVE_PROMPTS = "src/test/resources/topdraw/cli/foreign/judge.jsonl";

  /// The 97.5 % point of Student's t with 11 degrees of freedom, from mpmath.
  private static final double T_975 = 2.2009851600916398679;

  @TempDir private Path temp;

  private static JsonNode reward(String... more) {
    Ran ran =
        Ran.topdraw(
            Stream.concat(Stream.of("analyze", TWELVE_PROMPTS), Stream.of(more))
                .toArray(String[]::new));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return Json.read(ran.out());
  }

  private static double halfWidth(JsonNode analysis) {
    for (JsonNode finding : analysis.at("/curve/0/findings")) {
      if (finding.get("quantity").stringValue().equals("reward")) {
        JsonNode ends = finding.get("interval");
        return (ends.get(1).doubleValue() - ends.get(0).doubleValue()) / 2;
      }
    }
    throw new AssertionError("no reward");
  }

  /// The points of t at (1 + C) / 2 are mpmath's. Hall's interval beside that of t lies within 2 %.
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.69744532755988153117",
    "0.8, 1.363430318020540645",
    "0.99, 3.1058065155392810071"
  })
  void intervalsFollowIt(String confidence, double t) {
    double usual = halfWidth(reward("--json"));
    JsonNode analysis = reward("--json", "--confidence", confidence);
    assertThat(halfWidth(analysis)).isCloseTo(usual * t / T_975, Percentage.withPercentage(2));
    for (JsonNode at : analysis.get("curve")) {
      for (JsonNode finding : at.get("findings")) {
        if (finding.has("confidence")) {
          assertThat(finding.get("confidence").doubleValue())
              .isEqualTo(Double.parseDouble(confidence));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.8, 80 %", "0.995, 99.5 %", "0.5, 50 %"})
  void wordsAndPagesSayIt(String confidence, String words) throws IOException {
    Path page = temp.resolve("page.html");
    Ran ran =
        Ran.topdraw(
            "analyze",
            TWELVE_PROMPTS,
            "--threshold",
            "8",
            "--confidence",
            confidence,
            "-o",
            page.toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("theorem at " + words).doesNotContain("95 %");
    assertThat(Files.readString(page).replace('\u00a0', ' '))
        .contains(words + " interval", "A bound at " + words, "bound at " + words)
        .doesNotContain("95 %");
    Ran plan =
        Ran.topdraw("plan", "--kl", "1", "--confidence", confidence, "--run", TWELVE_PROMPTS);
    assertThat(plan.out()).contains("hold together at " + words).doesNotContain("95 %");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample", "quickstart", "run", "analyze", "compare", "plan", "methods"})
  void itIsAsked(String name) {
    CommandLine line =
        named(
            Topdraw.commandLine(
                new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter())),
            name);
    assertThat(line.getCommandSpec().findOption("--confidence").defaultValue()).isEqualTo("0.95");
  }

  private static CommandLine named(CommandLine line, String name) {
    return Objects.requireNonNull(line.getSubcommands().get(name), name);
  }

  @Test
  void whatIsNoConfidenceIsRefusedBeforeTheWork() {
    for (String bad : List.of("0", "1", "95", "NaN")) {
      Ran ran = Ran.topdraw("analyze", "no-such-file", "--confidence", bad);
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err()).contains("--confidence is between 0 and 1", bad).hasLineCount(1);
    }
  }
}
