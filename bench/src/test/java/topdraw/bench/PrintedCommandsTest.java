package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import topdraw.cli.Topdraw;

/// Every command that a page prints is one that the program takes, and every file it reads is
/// shipped or made further up on the page. What the commands print is held by cli's `TutorialTest`.
class PrintedCommandsTest {
  private static final Path ROOT = Path.of("..");

  /// What readers bring themselves, by page, and why it is not shipped.
  private static final Map<String, Set<String>> READERS_OWN =
      Map.of(
          // What other programs wrote, in layouts that the page is about.
          "docs/recordings.md",
          Set.of("answers.jsonl", "answers.csv", "prm.jsonl", "feedback.jsonl", "scores.jsonl"),
          // A file to be sent to a server of the reader's.
          "docs/servers.md",
          Set.of("answers.jsonl"),
          // Any recorded run whose questions have one answer.
          "docs/rewards.md",
          Set.of("my-run"),
          // Files on a cluster.
          "docs/scale.md",
          Set.of("hdfs://data/samples/*.parquet"),
          // Two runs of the reader's, and files with names of their own.
          "docs/help.md",
          Set.of("best-of-4", "best-of-16", "samples.jsonl", "pool.jsonl"));

  /// What pages run beside topdraw; a misspelt program is not among them.
  private static final Set<String> OTHER_PROGRAMS =
      Set.of(
          "./check",
          "tools/dist.sh",
          "java",
          "mvn",
          "pip",
          "tar",
          "awk",
          "cat",
          "echo",
          "head",
          "yes",
          "vllm",
          "llama-server",
          "ollama",
          "export",
          "source",
          "printf");

  /// Options of other programs that pages speak of: vLLM's, those of ./check, Java's, Maven's.
  private static final Set<String> OTHERS_OPTIONS =
      Set.of(
          "--logprobs-mode",
          "--install",
          "--servers",
          "--transformers",
          "--mutation",
          "--attack",
          "--add-modules",
          "--release",
          "--enable-native-access");

  private static final Pattern OTHERS_COMMAND =
      Pattern.compile("^(?!(?:\\./)?topdraw ).*\\./check|^(?:mvn|java|javac|vllm|pip|git) ");
  private static final Pattern EXAMPLE =
      Pattern.compile("^ +(?:Example: | {9})(topdraw .*?|source .*?)(?: {3}.*)?$");
  private static final Pattern SPAN = Pattern.compile("(?<!`)`([^`\\n]+)`(?!`)");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern FILE_OF_A_REWARD =
      Pattern.compile(
          "(?:json-schema:|rubric=|template=|(?<![a-z-])judge:|knockout:|python3 )([^ ,)]+)");
  private static final Pattern FILE = Pattern.compile(".*(FILE|RUN|TABLE|PROMPTS|FIRST|SECOND).*");

  private static final CommandLine PROGRAM =
      Topdraw.commandLine(
          new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), Map.of());

  static Stream<String> pages() throws IOException {
    List<String> pages =
        new ArrayList<>(
            List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md"));
    for (String folder : List.of("docs", "docs/decisions")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files
            .map(file -> folder + "/" + file.getFileName())
            .filter(name -> name.endsWith(".md"))
            .sorted()
            .forEach(pages::add);
      }
    }
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandIsOneThatTheProgramTakesAndItsFilesAreThere(String page) throws IOException {
    Set<String> there = new HashSet<>(READERS_OWN.getOrDefault(page, Set.of()));
    for (ShellScript.Command command : ShellScript.commands(script(page))) {
      List<String> words = command.words();
      if (!words.isEmpty() && words.getFirst().matches("(\\./)?topdraw")) {
        check(words.subList(1, words.size()), there);
      } else {
        assertThat(words.stream().limit(1)).as(page).allMatch(OTHER_PROGRAMS::contains);
      }
      there.addAll(command.written());
    }
  }

  /// In running text: `--option` is one of some command, and of that command where one is named.
  @ParameterizedTest
  @MethodSource("pages")
  void everyOptionOfWhichThePageSpeaksIsThere(String page) throws IOException {
    Set<String> all =
        commands(PROGRAM.getCommandSpec())
            .flatMap(command -> command.optionsMap().keySet().stream())
            .collect(Collectors.toCollection(HashSet::new));
    all.addAll(OTHERS_OPTIONS);
    for (MatchResult span : SPAN.matcher(Files.readString(ROOT.resolve(page))).results().toList()) {
      if (OTHERS_COMMAND.matcher(span.group(1)).find()) continue;
      Set<String> known = named(span.group(1)).map(c -> c.optionsMap().keySet()).orElse(all);
      assertThat(OPTION.matcher(span.group(1)).results().map(MatchResult::group))
          .as("%s says %s", page, span.group())
          .allMatch(known::contains);
    }
  }

  private void check(List<String> arguments, Set<String> there) {
    assertThatCode(() -> PROGRAM.parseArgs(arguments.toArray(String[]::new)))
        .as("topdraw " + arguments)
        .doesNotThrowAnyException();
    ParseResult parsed = PROGRAM.getParseResult();
    while (parsed.hasSubcommand()) parsed = parsed.subcommand();
    Set<String> made = new HashSet<>();
    for (ArgSpec argument : parsed.matchedArgs()) {
      boolean output =
          argument instanceof OptionSpec option && List.of(option.names()).contains("-o");
      for (String value : argument.originalStringValues()) {
        if (output) {
          made.add(value);
        } else if (FILE.matcher(argument.paramLabel()).matches() && !value.contains("policy")) {
          assertThere(value, arguments, there);
        }
        FILE_OF_A_REWARD
            .matcher(value)
            .results()
            .forEach(m -> assertThere(m.group(1), arguments, there));
      }
    }
    there.addAll(made);
  }

  private static void assertThere(String file, List<String> arguments, Set<String> there) {
    assertThat(there.contains(file) || Files.exists(ROOT.resolve(file)))
        .as("topdraw %s reads %s, which is not shipped and not made further up", arguments, file)
        .isTrue();
  }

  /// What is to be run: fenced blocks that say so and, of indented ones, the lines that are
  /// commands.
  private static String script(String page) throws IOException {
    StringBuilder script = new StringBuilder();
    String fence = "";
    boolean runs = false;
    boolean code = false;
    String before = "";
    for (String line : Files.readAllLines(ROOT.resolve(page))) {
      boolean indented = line.startsWith("    ");
      code = indented && (code || before.isBlank());
      if (!fence.isEmpty()) {
        if (line.equals(fence)) fence = "";
        else if (runs) script.append(line).append('\n');
      } else if (line.startsWith("```")) {
        fence = line.replaceAll("[^`].*", "");
        runs = line.endsWith("`sh") || line.endsWith("`console");
      } else if (page.equals("docs/help.md")) {
        var example = EXAMPLE.matcher(line);
        if (example.matches()) script.append(example.group(1)).append('\n');
      } else if (code && command(line.strip())) {
        script.append(line.strip()).append('\n');
      }
      before = line;
    }
    return script.toString();
  }

  private static boolean command(String line) {
    String first = line.split(" ", 2)[0];
    return first.matches("(\\./)?topdraw") || OTHER_PROGRAMS.contains(first);
  }

  private static Stream<CommandSpec> commands(CommandSpec command) {
    return Stream.concat(
        Stream.of(command),
        command.subcommands().values().stream().flatMap(sub -> commands(sub.getCommandSpec())));
  }

  /// The command that a piece of running text begins with.
  private Optional<CommandSpec> named(String text) {
    String[] words = text.split(" ");
    CommandSpec command = PROGRAM.getCommandSpec();
    int at = words[0].matches("(\\./)?topdraw") ? 1 : 0;
    for (; at < words.length; at++) {
      @Nullable CommandLine sub = command.subcommands().get(words[at]);
      if (sub == null) {
        break;
      }
      command = sub.getCommandSpec();
    }
    return command == PROGRAM.getCommandSpec() ? Optional.empty() : Optional.of(command);
  }
}
