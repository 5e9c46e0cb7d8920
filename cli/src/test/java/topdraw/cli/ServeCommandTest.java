package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// The gateway as its operator starts it, on the model in this process.
class ServeCommandTest {
  private static final Pattern ADDRESS = Pattern.compile("is served at (http://127.0.0.1:\\d+)/v1");

  @TempDir private static Path home;
  private static LaunchedProgram program = new LaunchedProgram(Path.of("."));

  @TempDir private Path temp;

  @BeforeAll
  static void launcher() throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "signals are sent on Linux");
    program = LaunchedProgram.in(home);
  }

  /// The line that says where it listens; what it said before is in the assertion.
  private static String address(BufferedReader err) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) return address.group(1);
      said.append(line).append('\n');
    }
    throw new AssertionError(said.toString());
  }

  private static JsonNode post(String url, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.read(answer.body());
  }

  @Test
  void itAnswersWhatSampleAnswersAndEndsWhenItIsAskedTo() throws IOException, InterruptedException {
    Path traffic = temp.resolve("traffic.jsonl");
    Path file = temp.resolve("gateway.toml");
    Files.writeString(
        file,
        """
        ledger = "%s"
        record = "%s"
        [aliases.topdraw]
        n = 8
        """
            .formatted(temp.resolve("ledger.db"), traffic));
    Process process =
        program.command(Map.of(), "serve", "--port", "0", "--gateway", file.toString()).start();
    String out;
    try (BufferedReader err = process.errorReader()) {
      String address = address(err);
      JsonNode answer =
          post(
              address + "/v1/chat/completions",
              "{\"model\":\"topdraw\",\"messages\":[{\"role\":\"user\",\"content\":\"What is the"
                  + " capital of France?\"}],\"max_tokens\":24,\"seed\":7,"
                  + "\"topdraw\":{\"reward\":\"regex:Paris\",\"candidates\":\"full\"}}");
      Ran sampled =
          Ran.topdraw(
              "sample",
              "What is the capital of France?",
              "-n",
              "8",
              "--max-tokens",
              "24",
              "--seed",
              "7",
              "--reward",
              "regex:Paris",
              "--json");
      JsonNode sample = Json.read(sampled.out());
      assertThat(answer.at("/choices/0/message/content")).isEqualTo(sample.path("text"));
      assertThat(answer.at("/topdraw/findings")).isEqualTo(sample.path("findings"));
      assertThat(answer.at("/topdraw/sentence")).isEqualTo(sample.path("sentence"));
      for (int i = 0; i < 8; i++) {
        JsonNode candidate = answer.at("/topdraw/candidates/" + i);
        assertThat(candidate.path("text")).isEqualTo(sample.at("/candidates/" + i + "/text"));
        assertThat(candidate.path("logprob"))
            .isEqualTo(sample.at("/candidates/" + i + "/log_probability"));
      }
      assertThat(answer.at("/topdraw/ledger_entry_nats").asDouble())
          .isBetween(0.0, Math.log(8) - 7 / 8.0);
      LaunchedProgram.signal(process, "TERM", false);
      out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(err.lines().toList()).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(process.waitFor()).isIn(0, 143);
    JsonNode logged = Json.read(out.lines().findFirst().orElseThrow());
    assertThat(logged.path("n").asInt()).isEqualTo(8);
    assertThat(out).doesNotContain("France");
    Ran analyzed = Ran.topdraw("analyze", traffic.toString());
    assertThat(analyzed.exitCode()).as(analyzed.err()).isZero();
    assertThat(analyzed.out()).contains("8 samples, reward regex:Paris");
  }

  @Test
  void aWrongSettingIsNamedWithItsLine() throws IOException {
    Path file = temp.resolve("gateway.toml");
    Files.writeString(file, "port = 8080\n\n[limits]\nn = 0\n");
    Ran ran = Ran.topdraw("serve", "--gateway", file.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains(file + ":4: limits.n is a whole number from 1 to 16384, was 0")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [aliases.x]~n = 4~budget = { nats = 30, hard = true } | the budget of x needs a ledger
          [aliases.x]~reward = "nope" | [aliases.x]: no reward is called "nope" here
          record = "/proc/nope/x.jsonl" | record: /proc/nope/x.jsonl cannot be written
          record = "/" | record: / cannot be written
          """)
  void whatWouldBePassedOverOrFailLaterIsRefusedAtTheStart(String settings, String said)
      throws IOException {
    Path file = Files.writeString(temp.resolve("wrong.toml"), settings.replace('~', '\n'));
    Ran ran = Ran.topdraw("serve", "--port", "0", "--gateway", file.toString());
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).startsWith("topdraw: " + file + ": ").contains(said).hasLineCount(1);
  }

  /// A caller may name another method, so it is no error.
  @Test
  void whatTheMethodOfAnAliasHasNoUseForIsSaidAtTheStart() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("unheard.toml"),
            """
            [aliases.x]
            n = 4
            mean = 2
            [aliases.y]
            budget = { nats = 30 }
            """);
    Ran ran = Ran.topdraw("serve", "--port", "0", "--gateway", file.toString());
    assertThat(ran.err().lines())
        .hasSize(2)
        .startsWith("topdraw: [aliases.x]: mean is not looked at by best-of-n");
    assertThat(ran.exitCode()).as("y has no ledger").isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"a b", "a\"b", "''", "a/b"})
  void aNameThatTheFileDoesNotTakeGetsNoKey(String name) {
    Ran ran = Ran.topdraw("serve", "--new-key", name);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("topdraw: the name of a key is letters, digits and ._-");
  }

  @Test
  void aPortThatIsNoneIsOneLine() {
    Ran ran = Ran.topdraw("serve", "--port", "99999");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("--port is from 0 to 65535, was 99999");
  }

  @Test
  void beyondThisMachineAKeyIsNeeded() {
    Ran ran = Ran.topdraw("serve", "--host", "0.0.0.0", "--port", "0");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("--new-key");
  }

  @Test
  void aNewKeyIsPrintedOnceAndItsHashIsForTheFile() {
    Ran ran = Ran.topdraw("serve", "--new-key", "alice");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err())
        .contains("[keys.alice]")
        .contains("sha256 = \"" + Json.sha256(ran.out().strip()) + "\"")
        .doesNotContain(ran.out().strip());
  }
}
