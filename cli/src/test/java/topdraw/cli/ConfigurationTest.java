package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import topdraw.json.Json;

/// The command line before the environment, the environment before the file, the file before the
/// default.
class ConfigurationTest {
  @TempDir private Path temp;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aConfigFolderOfItsOwn() {
    environment.put("XDG_CONFIG_HOME", temp.toString());
  }

  private Path file(String... lines) throws IOException {
    Path file = temp.resolve("topdraw").resolve("config.toml");
    Files.createDirectories(temp.resolve("topdraw"));
    return Files.writeString(file, String.join("\n", lines));
  }

  private Ran run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Topdraw.commandLine(new PrintWriter(out, true), new PrintWriter(err, true), environment)
            .execute(args);
    return new Ran(code, out.toString(), err.toString());
  }

  private @Nullable Object value(String command, String option, String... args) {
    CommandLine line =
        Topdraw.commandLine(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), environment);
    line.parseArgs(args);
    CommandSpec spec = Objects.requireNonNull(line.getSubcommands().get(command)).getCommandSpec();
    return Objects.requireNonNull(spec.findOption(option)).getValue();
  }

  @Test
  void theNearerSourceWins() throws IOException {
    assertThat(value("sample", "-n", "sample", "x")).isEqualTo(16);
    file("n = 3", "max-tokens = 9", "[sample]", "n = 4");
    assertThat(value("sample", "-n", "sample", "x")).isEqualTo(4);
    assertThat(value("sample", "--max-tokens", "sample", "x")).isEqualTo(9);
    environment.put("TOPDRAW_N", "5");
    assertThat(value("sample", "-n", "sample", "x")).isEqualTo(5);
    assertThat(value("sample", "-n", "sample", "x", "-n", "6")).isEqualTo(6);
  }

  @Test
  void anInheritedOptionTakesPartAndTheCommandLineStillWins() {
    environment.put("TOPDRAW_QUIET", "true");
    assertThat(run("sample", "x", "-n", "0").err()).contains("-n counts completions");
    assertThat(value("models", "--quiet", "models")).isEqualTo(true);
    assertThat(value("models", "--quiet", "models", "--quiet=false")).isEqualTo(false);
  }

  @Test
  void aBadValueNamesTheVariable() {
    environment.put("TOPDRAW_N", "many");
    Ran ran = run("sample", "x");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).hasLineCount(1).contains("'many' is not an int (set by TOPDRAW_N)");
  }

  @Test
  void aBuildOrWeightsThatAreNotThereNameTheOptionAndTheVariable() {
    assertThat(run("sample", "x", "--engine", "b1").err())
        .hasLineCount(1)
        .startsWith(
            "topdraw: --engine \"b1\": there is no such build of llama.cpp here; give b4916")
        .doesNotContain("set by");
    environment.put("TOPDRAW_WEIGHTS", "q4");
    Ran ran = run("sample", "x");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .hasLineCount(1)
        .startsWith("topdraw: --weights \"q4\": there is no such copy of a model; give q8_0, or")
        .contains("(set by TOPDRAW_WEIGHTS)");
  }

  @Test
  void aBadValueNamesTheFileAndTheKey() throws IOException {
    Path file = file("[sample]", "n = 0");
    Ran ran = run("sample", "x");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).hasLineCount(1).contains("(set by " + file + " (sample.n))");
    assertThat(run("sample", "x", "-n", "-1").err()).doesNotContain("set by");
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestOne() throws IOException {
    Path file = file("max-tokns = 3");
    Ran ran = run("models");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .hasLineCount(1)
        .contains(file + ": unknown key \"max-tokns\"; near it: max-tokens");
  }

  @Test
  void aBrokenFileIsOneLineWithItsPlaceAndHelpAndDoctorStillAnswer() throws IOException {
    Path file = file("threads = 1", "= 2");
    Ran ran = run("models");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).hasLineCount(1).contains(file + ":2: not TOML");
    assertThat(run("models", "--help").exitCode()).isZero();
    assertThat(run("--version").exitCode()).isZero();
    assertThat(Ran.of(new DoctorCommand(environment)).out()).contains("BAD  settings file");
  }

  @Test
  void aNamedFileThatIsMissingIsAnErrorAndAnUnnamedOneIsNot() {
    assertThat(run("compute", "--list").exitCode()).isZero();
    environment.put("TOPDRAW_CONFIG", temp.resolve("nothing.toml").toString());
    assertThat(run("compute", "--list").err()).contains("TOPDRAW_CONFIG: there is no file");
  }

  @Test
  void doctorShowsEachSettingWithItsSource() throws IOException {
    Path file = file("threads = 2");
    environment.put("TOPDRAW_SEED", "7");
    CommandSpec root =
        Topdraw.commandLine(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                environment)
            .getCommandSpec();
    assertThat(Shown.of(Configuration.of(environment, root), root))
        .contains(
            new Shown("topdraw sample --seed", "7", "TOPDRAW_SEED"),
            new Shown("topdraw sample --threads", "2", file + " (threads)"),
            new Shown("topdraw sample -n", "16", "default"));
  }

  @Test
  void quietLeavesTheAnswerAndTheErrors() {
    environment.put("TOPDRAW_CACHE", temp.resolve("empty").toString());
    Ran list = run("models", "--quiet", "--json");
    assertThat(list.err()).isEmpty();
    assertThat(Json.read(list.out()).isArray()).isTrue();
    assertThat(run("--quiet", "sample", "x", "-n", "0").err()).hasLineCount(1);
  }
}
