package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.json.Json;

/// What a person meets at the command line: answers, one-line errors, exit codes.
class CommandLineTest {
  @TempDir private Path temp;

  private record Result(int code, String out, String err) {}

  private static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Topdraw.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
    return new Result(code, out.toString(), err.toString());
  }

  static Stream<List<String>> misuses() {
    return Stream.of(
        List.of("sample", "x", "-n", "0"),
        List.of("sample", "x", "-n", "1000000"),
        List.of("sample", "x", "-n", "many"),
        List.of("sample", "x", "--threshold", "NaN"),
        List.of("sample", "x", "--rewind"),
        List.of("sample", "x", "--soft", "0"),
        List.of("sample", "x", "--soft", "NaN"),
        List.of("sample", "x", "--poisson", "-1"),
        List.of("sample", "x", "--poisson", "1e9"),
        List.of("sample", "x", "--poisson", "4", "-n", "4"),
        List.of("sample", "x", "--poisson", "4", "--soft", "1"),
        List.of("sample", "x", "--soft", "1", "--threshold", "1"),
        List.of("sample", "x", "--reward", "best"),
        List.of("sample", "x", "--reward", "regex:("),
        List.of("sample", "x", "--temperature", "0"),
        List.of("sample", "x", "--top-p", "1.5"),
        List.of("sample", "x", "--max-tokens", "0"),
        List.of("sample", "x", "--threads", "0"),
        List.of("sample", "x", "--max-tokens", "100000"),
        List.of("sample", ""),
        List.of("sample", "not utf-8: \uFFFD"),
        List.of("sample", "x", "y"),
        List.of("sample", "x", "--model", "no-such-file.gguf"),
        List.of("sample", "word ".repeat(20_000)),
        List.of("quickstart", "--seed", "seven"),
        List.of("analyze", "x", "-n", ","),
        List.of("help", "frobnicate"),
        List.of("frobnicate"));
  }

  @ParameterizedTest
  @MethodSource("misuses")
  void aMisuseIsOneLineAndExitCodeTwo(List<String> args) {
    Result result = run(args.toArray(String[]::new));
    assertThat(result.err().strip().lines()).as(result.err()).hasSize(1);
    assertThat(result.err()).startsWith("topdraw: ").doesNotContain("Exception");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  /// What an input at fault throws, and what a bug of ours throws.
  @Command(name = "broken", description = "Throws what it is told to.")
  private record Broken(RuntimeException thrown) implements Runnable {
    @Override
    public void run() {
      throw thrown;
    }
  }

  private static Result broken(RuntimeException thrown) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Topdraw.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));
    commandLine.addSubcommand(new Broken(thrown));
    commandLine
        .setErr(commandLine.getErr())
        .setExecutionExceptionHandler(commandLine.getExecutionExceptionHandler());
    return new Result(commandLine.execute("broken"), out.toString(), err.toString());
  }

  @Test
  void whatAUserCanMendExitsTwoInTheCommandLinesOwnWords() {
    Result result =
        broken(
            new InputException(
                Problem.CONFLICT,
                "leave ",
                Parameter.RAW,
                ", ",
                Parameter.N,
                " or ",
                Parameter.OUTPUT,
                " out"));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().strip()).isEqualTo("topdraw: leave --raw, -n or -o out");
  }

  @Test
  void everyParameterIsAnOptionOfSomeCommand() {
    Set<String> options =
        Configuration.commands(
                Topdraw.commandLine(
                        new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()))
                    .getCommandSpec())
            .flatMap(command -> command.options().stream())
            .flatMap(option -> Stream.of(option.names()))
            .collect(Collectors.toSet());
    assertThat(options).containsAll(Stream.of(Parameter.values()).map(OptionNames::of).toList());
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    CommandLine commandLine =
        Topdraw.commandLine(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    for (String name : commandLine.getSubcommands().keySet()) {
      if (!name.equals("help")) {
        Result result = run(name, "--help");
        assertThat(result.code()).as(name).isZero();
        assertThat(result.out()).as(name).contains("Usage: topdraw " + name).contains("Example");
      }
    }
  }

  /// As the program is started: with the command that is called alone, unless that looks at others,
  /// or the user's file may name options of others.
  @Test
  void aCommandMadeAloneIsThatOfTheWholeProgram() throws IOException {
    Map<String, String> env = Map.of("XDG_CONFIG_HOME", temp.toString());
    Set<String> overAll = Set.of("doctor", "bench", "completion", "help-page", "help");
    Set<String> all = called(env, "--help").keySet();
    assertThat(all).hasSizeGreaterThan(20).isEqualTo(called(env).keySet());
    for (String name : all) {
      Map<String, CommandLine> made = called(env, name, "sample");
      assertThat(made.keySet()).isEqualTo(overAll.contains(name) ? all : Set.of(name));
      assertThat(made.get(name).getUsageMessage())
          .isEqualTo(called(env).get(name).getUsageMessage());
    }
    Files.createDirectories(temp.resolve("topdraw"));
    Files.writeString(temp.resolve("topdraw/config.toml"), "[run]\n");
    assertThat(called(env, "sample").keySet()).isEqualTo(all);
  }

  private static Map<String, CommandLine> called(Map<String, String> env, String... args) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Topdraw.commandLine(nowhere, nowhere, env, Commands.called(args)).getSubcommands();
  }

  @Test
  void theVersionIsTheBuildsOwn() {
    assertThat(run("--version").out()).matches("topdraw \\d+\\.\\d+\\.\\d+\\S*\\s*");
  }

  @Test
  void sampleGivesTheAnswerAndItsFindings() {
    Result result =
        run(
            "sample",
            "What is the capital of France?",
            "-n",
            "8",
            "--reward",
            "regex:Paris",
            "--reward",
            "negative-length",
            "--seed",
            "7",
            "--max-tokens",
            "24",
            "--json");
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode answer = Json.read(result.out());
    assertThat(answer.at("/text").stringValue()).contains("Paris");
    assertThat(answer.at("/n_drawn").intValue()).isEqualTo(8);
    assertThat(answer.at("/rewards/0/value").doubleValue()).isEqualTo(1);
    assertThat(answer.at("/rewards/1/name").stringValue()).isEqualTo("negative-length");
    assertThat(answer.at("/findings/0/evidence").stringValue()).isEqualTo("theorem");
    assertThat(answer.at("/provenance/seed").longValue()).isEqualTo(7);
    assertThat(answer.at("/provenance/fingerprint").size()).isGreaterThan(4);
  }

  @Test
  void theSameSeedGivesTheSameAnswerAndAnotherSeedAnother() {
    String[] seven = {"sample", "Tell a story.", "-n", "2", "--max-tokens", "16", "--seed", "7"};
    String[] eight = seven.clone();
    eight[7] = "8";
    assertThat(run(seven).out()).isEqualTo(run(seven).out()).isNotEqualTo(run(eight).out());
  }

  @ParameterizedTest
  @CsvSource({
    "--soft, 2, soft best of 16 at temperature 2.0, 1.836",
    "--poisson, 5, 'drawn as 1 + Poisson(5.0)', 0.8335"
  })
  void softAndPoissonSayHowTheyChose(String option, String value, String words, String kl) {
    Result result = run("sample", "Name a colour.", option, value, "--max-tokens", "8");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains(words).contains("KL divergence  at most " + kl + " nats");
  }

  @Test
  void earlyStopAndRewindSayWhenTheyStopped() {
    String[] common = {
      "sample",
      "What is the capital of France?",
      "--reward",
      "regex:Paris",
      "--threshold",
      "1",
      "--max-tokens",
      "24",
      "-n",
      "12"
    };
    Result early = run(common);
    assertThat(early.code()).as(early.err()).isZero();
    assertThat(early.err()).contains("of 12").contains("theorem");
    // What is drawn at once is no saving, and nobody is told of one.
    assertThat(early.err().contains("12 completions drawn together"))
        .isEqualTo(early.err().contains("of 12, drawn together"));
    assertThat(early.err().contains("stopped early after"))
        .isNotEqualTo(early.err().contains("drawn together"));
    Result rewind =
        run(Stream.concat(Stream.of(common), Stream.of("--rewind")).toArray(String[]::new));
    assertThat(rewind.code()).as(rewind.err()).isZero();
    assertThat(rewind.err())
        .contains("threshold reached after")
        .contains("theorem at 95 %")
        .contains("estimate");
    assertThat(rewind.out()).isEqualTo(early.out());
  }

  /// As bash asks for it: what it has for the word that was typed, and what that offers.
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"topdraw", "./topdraw"})
  void bashCompletesTheProgramHoweverItIsCalled(String called) throws Exception {
    Path script = Files.writeString(temp.resolve("completion.sh"), run("completion", "bash").out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "--norc",
                "-c",
                """
                source "$0" && COMP_WORDS=("$1" quick) COMP_CWORD=1
                function=$(complete -p "$1" | sed 's/.*-F \\([^ ]*\\).*/\\1/')
                "$function" && echo "${COMPREPLY[@]}"
                """,
                script.toString(),
                called)
            .redirectErrorStream(true)
            .start();
    assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo("quickstart");
    assertThat(bash.waitFor()).isZero();
  }

  @Test
  void aComplaintIsOneLineWhateverTheWordsHold() {
    for (String[] words :
        new String[][] {
          {"completion", "ba\nsh"},
          {"plan", "--n", "(\n\r\u001b[31m"},
          {"analyze", "x", "--confidence", "0\n.9"},
          {"analyze", "no\nfile"},
          {"compute", "best\nof"}
        }) {
      Result ran = run(words);
      assertThat(ran.code()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err()).startsWith("topdraw: ").contains("\\n").doesNotContain("\u001b");
      assertThat(ran.err().lines()).hasSize(1);
    }
  }

  @Test
  void commasAloneAreNoValues() {
    Result result = run("analyze", "no-such-file", "-n", ",");
    assertThat(result.err())
        .isEqualTo("topdraw: no value among the commas of -n; see topdraw analyze --help\n");
    assertThat(result.code()).isEqualTo(2);
  }

  @Test
  void aMisspeltCommandOptionOrRewardIsNamedAsItMayHaveBeenMeant() throws IOException {
    assertThat(run("anlyze", "x").err())
        .isEqualTo("topdraw: no command 'anlyze'; did you mean analyze?; see topdraw --help\n");
    assertThat(run("help", "sampel").err())
        .isEqualTo("topdraw: no command 'sampel'; did you mean sample?; see topdraw --help\n");
    assertThat(run("analyze", "--rewrd=r", "x").err()).contains("; did you mean --reward?; see");
    assertThat(run("analyze", "--nothing-like-it", "x").err()).doesNotContain("did you mean");
    assertThat(run("sample", "x", "--reward", "regx:a").err())
        .contains("no reward is called \"regx:a\"; did you mean regex? There are ");
    Path pool =
        Files.writeString(
            temp.resolve("pool.jsonl"),
            "{\"prompt\": \"q\", \"response\": \"a\", \"judge\": 1, \"correct\": 0}\n"
                + "{\"prompt\": \"q\", \"response\": \"b\", \"judge\": 2, \"correct\": 1}\n");
    assertThat(run("analyze", pool.toString(), "--reward", "jugde").err())
        .contains("no reward 'jugde'; did you mean judge? There is correct");
    assertThat(run("analyze", pool.toString(), "--map", "reward=corect").err())
        .contains("no column 'corect' for the reward; did you mean correct? There is ");
  }

  @Test
  void quickstartWritesARunAndAReportAndNeverOverOne() throws IOException {
    Path folder = temp.resolve("run");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("precious"), "mine");
    Result refused = run("quickstart", "-o", folder.toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("is not empty");
  }
}
