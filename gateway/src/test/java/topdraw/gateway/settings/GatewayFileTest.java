package topdraw.gateway.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.gateway.settings.GatewaySettings.Source;
import topdraw.input.InputException;
import topdraw.json.Json;

/// What an operator writes, in every way that TOML knows, and every way to get it wrong: one line
/// that names the file, the line and the key.
class GatewayFileTest {
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  @TempDir private static Path folder;

  private static GatewaySettings read(String text) throws IOException {
    return GatewayFile.read(Files.writeString(folder.resolve("gateway.toml"), text));
  }

  static Stream<String> alike() {
    return Stream.of(
        "[limits]\nn = 3\ndeadline = \"5m\"\n",
        "[limits]\r\nn = 3\r\ndeadline = \"5m\"\r\n",
        "\ufeff[limits]\nn = 3\ndeadline = \"5m\"\n",
        "limits.n = 3\nlimits.deadline = \"5m\"\n",
        "limits = {n = 3, deadline = \"5m\"}\n",
        "\"limits\".'n' = 3\n[ limits ] # a comment\n".replace("[ limits ] # a comment\n", "")
            + "limits.\"deadline\" = '5m'",
        "[\"limits\"]\n\"n\" = 0x3\n'deadline' = \"\"\"5m\"\"\"\n",
        "# only\n\n[ limits ]   # a comment\n  n=+3\n\tdeadline=\"\\u0035m\"");
  }

  @ParameterizedTest
  @MethodSource("alike")
  void theSameIsReadHoweverItIsWritten(String text) throws IOException {
    Limits limits = read(text).limits();
    assertThat(limits.n()).isEqualTo(3);
    assertThat(limits.deadline()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void anEmptyFileSetsNothing() throws IOException {
    assertThat(read("")).isEqualTo(GatewaySettings.USUAL);
    assertThat(read("# nothing\n")).isEqualTo(GatewaySettings.USUAL);
  }

  @Test
  void aDeadlineIsAnHourAtMost() throws IOException {
    assertThat(read("limits.deadline = \"60m\"").limits().deadline()).isEqualTo(Limits.LONGEST);
    assertThatThrownBy(() -> read("limits.deadline = \"999999d\""))
        .hasMessageContaining("at most 1h");
  }

  @Test
  void aWholeFileIsReadAsItStands() throws IOException {
    GatewaySettings all =
        read(
            """
            host = "0.0.0.0"
            port = 8081
            hosts = ["Gateway.Example"]
            ledger = "drift.db"
            instance = "one"
            confidence = 0.99
            record = "traffic.jsonl"
            [limits]
            draws = 32
            [keys.team]
            sha256 = "%s"
            per-minute = 60
            [rewards]
            colourful = "regex:red"
            [aliases."words:best"]
            n = 8
            reward = "colourful"
            budget = {nats = 40, per = "window", hard = false, window = "1d", least = 2, most = 8}
            [server]
            url = "http://127.0.0.1:8000"
            at-once = 2
            """
                .formatted(SHA256));
    assertThat(all.host()).isEqualTo("0.0.0.0");
    assertThat(all.hosts()).containsExactly("gateway.example");
    assertThat(all.limits().draws()).isEqualTo(32);
    assertThat(all.limits().n()).isEqualTo(Limits.USUAL.n());
    assertThat(all.keys().get("team").sha256()).isEqualTo(SHA256);
    assertThat(all.keys().get("team").perMinute()).hasValue(60);
    assertThat(all.aliases())
        .singleElement()
        .satisfies(
            alias -> {
              assertThat(alias.name()).isEqualTo("words:best");
              assertThat(alias.options().n()).contains(8);
              assertThat(alias.budget().orElseThrow())
                  .isEqualTo(new Budget(40, false, false, Optional.of(Duration.ofDays(1)), 2, 8));
            });
    assertThat(((Source.Server) all.source()).ahead()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "localhost, localhost, true",
    "::1, [::1], true",
    "[::1], [::1], true",
    "0.0.0.0, 0.0.0.0, false",
    "fe80::1, [fe80::1], false"
  })
  void anAddressOfIpv6StandsInBracketsInUrls(String host, String inUrl, boolean loopback) {
    GatewaySettings settings =
        GatewaySettings.USUAL.listening(Optional.of(host), OptionalInt.empty());
    assertThat(settings.hostInUrl()).isEqualTo(inUrl);
    assertThat(settings.loopback()).isEqualTo(loopback);
  }

  @ParameterizedTest
  @ValueSource(strings = {"team", "team-1_b", "7", "-", "a.b", ".a"})
  void whatIsPrintedOfANewKeyIsReadBack(String name) throws IOException {
    NewKey key = NewKey.of(name);
    assertThat(read(key.table()).keys())
        .isEqualTo(
            Map.of(name, new GatewaySettings.Key(Json.sha256(key.key()), OptionalInt.empty())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "a]", "ä", ".", "..", "a\nb", "a/b"})
  void aNameThatTheFileWouldNotTakeGetsNoKey(String name) {
    assertThatThrownBy(() -> NewKey.of(name))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("letters, digits and ._-")
        .hasMessageNotContaining("\n");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        // line, what is told, the text
        Arguments.of(1, "port is a whole number from 0 to 65535, was 70000", "port = 70000"),
        Arguments.of(1, "port is a whole number from 0 to 65535, was \"8080\"", "port = \"8080\""),
        Arguments.of(2, "port is a whole number from 0 to 65535, was 1.5", "\nport = 1.5"),
        Arguments.of(1, "port is a whole number", "port = 99999999999999999999999"),
        Arguments.of(1, "port is a whole number", "port = [1]"),
        Arguments.of(1, "port is a whole number", "port = {a = 1}"),
        Arguments.of(1, "there is no \"prot\"; did you mean port?", "prot = 1"),
        Arguments.of(3, "there is no \"limits.nn\"", "[limits]\n# n\nnn = 1"),
        Arguments.of(
            2, "there is no \"limits.at_once\"; did you mean at-once?", "[limits]\nat_once = 1"),
        Arguments.of(2, "limits.n is a whole number", "port = 1\nlimits.n = 0"),
        Arguments.of(2, "limits.n is a whole number", "port = 1\nlimits = {draws = 3, n = 0}"),
        Arguments.of(2, "limits.n is a whole number", "port = 1\n\"limits\".'n' = -1"),
        Arguments.of(3, "limits.n is a whole number", "port = 1\r\n[limits]\r\nn = true\r\n"),
        Arguments.of(2, "limits.deadline is a time", "[limits]\ndeadline = 30"),
        Arguments.of(
            2,
            "limits.deadline is a time such as 30s, 10m, 8h or 1d, was \"0s\"",
            "[limits]\ndeadline = \"0s\""),
        Arguments.of(
            2,
            "limits.deadline is a time of at most 1h, was \"61m\"",
            "[limits]\ndeadline = \"61m\""),
        Arguments.of(1, "limits is a table", "limits = 3"),
        Arguments.of(1, "limits is a table", "[[limits]]\nn = 3"),
        Arguments.of(1, "hosts is a list of texts", "hosts = [1]"),
        Arguments.of(1, "hosts is a list of texts", "hosts = \"a\""),
        Arguments.of(1, "hosts names hosts without scheme and port", "hosts = [\"a:8080\"]"),
        Arguments.of(1, "hosts names hosts without scheme and port", "hosts = [\"http://a\"]"),
        Arguments.of(1, "host is a text", "host = \"\""),
        Arguments.of(1, "confidence is a number between 0", "confidence = 1"),
        Arguments.of(1, "confidence is a number between 0", "confidence = nan"),
        Arguments.of(1, "confidence is a number between 0", "confidence = inf"),
        Arguments.of(1, "keys.team.sha256 is missing", "[keys.team]\nper-minute = 3"),
        Arguments.of(2, "keys.team.sha256 is 64 digits", "[keys.team]\nsha256 = \"abc\""),
        Arguments.of(2, "there is no \"keys.team.sha\"", "[keys.team]\nsha = \"abc\""),
        Arguments.of(1, "a name here is letters", "[keys.\"a b\"]\nsha256 = \"abc\""),
        Arguments.of(1, "a name here is letters", "[aliases.\"../x y\"]\nn = 1"),
        Arguments.of(1, "a name here is letters", "[keys.\"a\\nb\"]\nsha256 = \"abc\""),
        Arguments.of(1, "keys.team is a table", "keys.team = 3"),
        Arguments.of(3, "aliases.a.n is a whole number", "[aliases.a]\nreward = \"x\"\nn = 0"),
        Arguments.of(3, "there is no aliases.a.m", "[aliases.a]\n\nm = 0"),
        Arguments.of(2, "aliases.a.budget.nats is missing", "[aliases.a]\nbudget = {}"),
        Arguments.of(
            3, "aliases.a.budget.nats is a number", "[aliases.a]\n[aliases.a.budget]\nnats = 0"),
        Arguments.of(
            3,
            "aliases.a.budget.per is \"window\" or \"answer\"",
            "[aliases.a.budget]\nnats = 1\nper = \"day\""),
        Arguments.of(
            4,
            "aliases.a.budget.least is a whole number",
            "[aliases.a.budget]\nnats = 1\nmost = 4\nleast = 5"),
        Arguments.of(
            3,
            "server and model are two places",
            "[model]\nwidth = 2\n[server]\nurl = \"http://a\""),
        Arguments.of(1, "server.url is missing", "[server]\nmodel = \"x\""),
        Arguments.of(
            3,
            "server.ahead is a whole number from 1 to 2",
            "[server]\nat-once = 2\nahead = 3\nurl = \"http://127.0.0.1\""),
        Arguments.of(2, "not TOML", "port = 1\nport 2\n"),
        Arguments.of(2, "not TOML", "port = 1\nport = 2\n"),
        Arguments.of(1, "not TOML", "port = "),
        Arguments.of(1, "record is a path of a file", "record = \"a\\u0000b\""),
        // What looks like a key inside a text is none.
        Arguments.of(
            5, "port is a whole number", "host = \"\"\"\nport = 1\n[limits]\n\"\"\"\nport = -1"),
        Arguments.of(
            6,
            "limits.n is a whole number",
            "hosts = [\n  \"a\", # [limits]\n  \"n = 3\",\n]\n[limits]\nn = 0"),
        Arguments.of(3, "aliases.b.n is a whole number", "[aliases]\na = {n = 1}\nb = {n = 0}"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongIsNamedWithItsLine(int line, String told, String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("gateway.toml") + ":" + line + ": ")
        .hasMessageContaining(told)
        .message()
        .hasLineCount(1)
        .hasSizeLessThan(500);
  }

  /// Whoever takes the key for its SHA-256 shows it to nobody.
  @Test
  void aKeyInPlaceOfItsSha256IsNotRepeated() {
    assertThatThrownBy(() -> read("[keys.team]\nsha256 = \"td-canary\""))
        .isInstanceOf(InputException.class)
        .message()
        .contains("keys.team.sha256")
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host = \"a\\nb\"\nport = -1",
        "instance = 7",
        "host = [\"a\\nb\"]",
        "host = {\"a\\nb\" = 1}",
        "\"a\\nb\" = 1",
        "\"\\u001b[31m\" = 1",
        "host = 1e999999999",
        "port = 1e999999999",
        "confidence = 1e999999999",
        "confidence = 1e-999999999"
      })
  void whatIsToldIsOneLineThatATerminalCanShow(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputException.class)
        .message()
        .hasLineCount(1)
        .hasSizeLessThan(500)
        .matches(message -> message.chars().noneMatch(Character::isISOControl));
  }

  @Test
  void whatIsNestedWithoutEndIsRefused() {
    for (String deep :
        List.of(
            "port = " + "[".repeat(100_000),
            "a.".repeat(100_000) + "b = 1",
            "port = " + "{a = ".repeat(100_000),
            "[" + "a.".repeat(50_000) + "b]",
            "port = " + "9".repeat(20_000))) {
      assertThatThrownBy(() -> read(deep))
          .isInstanceOf(InputException.class)
          .message()
          .hasLineCount(1)
          .hasSizeLessThan(500);
    }
  }

  /// Bytes taken out, put in, doubled, changed: read, or refused in one line that names the file.
  @Test
  void mutatedFilesAreReadOrRefused() throws IOException {
    long seed = 20261129;
    Random random = new Random(seed);
    String good =
        """
        host = "0.0.0.0"
        hosts = ["a", 'b'] # both
        ledger = "drift.db"
        confidence = 0.99
        [limits]
        n = 3
        deadline = "5m"
        [keys.team]
        sha256 = "%s"
        [aliases."words:best"]
        n = 8
        threshold = 1.5
        budget = {nats = 40, hard = false, window = "1d"}
        [model]
        threads = 2
        """
            .formatted(SHA256);
    String some = "[]{}=\"'#.\\\n,0-9ntrue\u0000\u001b\u00e9 ";
    int read = 0;
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, some.charAt(random.nextInt(some.length())));
          case 2 -> text.setCharAt(at, some.charAt(random.nextInt(some.length())));
          default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
        }
      }
      Path file = folder.resolve("mutated.toml");
      Files.write(file, text.toString().getBytes(UTF_8));
      try {
        GatewayFile.read(file);
        read++;
      } catch (InputException e) {
        refused.add(String.valueOf(e.getMessage()));
        assertThat(e.getMessage())
            .as("seed " + seed + ", change " + i + "\n" + text)
            .startsWith(file + ":")
            .hasLineCount(1)
            .matches(m -> m.chars().noneMatch(Character::isISOControl));
        int line = Integer.parseInt(e.getMessage().substring((file + ":").length()).split(":")[0]);
        assertThat(line).isBetween(1, (int) text.toString().lines().count() + 1);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ", change " + i + "\n" + text, e);
      }
    }
    assertThat(read).isGreaterThan(50);
    assertThat(refused).hasSizeGreaterThan(200);
  }
}
