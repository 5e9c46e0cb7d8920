package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages that walk a reader through commands: each fenced command is run as it is printed, and
/// says what the page says it says. Where a page draws, numbers and completions depend on the
/// processor, and what must agree is the words of its findings; elsewhere every line must agree to
/// the last digit. `…` stands for anything. Indented commands need a server or many minutes and are
/// only held to what the program takes (`PrintedCommandsTest`).
@Execution(ExecutionMode.CONCURRENT) // the pages draw in processes of their own
class TutorialTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|text)\\n(.*?)^```$");
  private static final Set<String> DRAWING =
      Set.of("docs/tutorial.md", "docs/rewards.md", "docs/blockwise.md");
  private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d.,]*(?:e-?\\d+)?");
  private static final Pattern INTERVAL = Pattern.compile(" *\\[[-\\d., #]+\\]");

  @TempDir private static Path home;
  private static LaunchedProgram program = new LaunchedProgram(Path.of("."));

  @TempDir private Path temp;

  @BeforeAll
  static void theCacheOfClassesIsMadeOnce() throws IOException, InterruptedException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "the pages' commands are run on Linux");
    program = LaunchedProgram.in(home).withoutCache();
    assertThat(program.run(Map.of(), "--version").exitCode()).isZero();
  }

  static Stream<String> pages() {
    return Stream.of(
        "docs/tutorial.md",
        "docs/rewards.md",
        "docs/planning.md",
        "docs/export.md",
        "docs/blockwise.md",
        "docs/samples.md",
        "docs/experiments.md",
        "README.md");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandOnThePageWorksAsPrinted(String name) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(temp.resolve("work"));
    Files.createSymbolicLink(folder.resolve("topdraw"), program.home().resolve("topdraw"));
    for (String shipped : List.of("examples", "docs")) {
      Files.createSymbolicLink(folder.resolve(shipped), Path.of("..", shipped).toAbsolutePath());
    }
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", name)));
    List<String> said = new ArrayList<>();
    int blocks = 0;
    while (block.find()) {
      if (block.group(1).equals("sh")) {
        said.addAll(run(folder, block.group(2)));
        blocks++;
      } else {
        boolean drawn = DRAWING.contains(name);
        block
            .group(2)
            .lines()
            .filter(
                line ->
                    drawn ? line.startsWith("  ") || line.startsWith("topdraw: ") : !line.isBlank())
            .forEach(line -> assertSaid(said, line, drawn));
      }
    }
    assertThat(blocks).isPositive();
  }

  private static void assertSaid(List<String> said, String line, boolean drawn) {
    String wanted = drawn ? words(line) : line.stripTrailing();
    Pattern like =
        Pattern.compile(
            Arrays.stream(wanted.split("…", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    assertThat(said)
        .as("a line like: " + line)
        .anyMatch(other -> like.matcher(drawn ? words(other) : other.stripTrailing()).matches());
  }

  /// A line without its numbers, without intervals, which one number of many need not have, and
  /// without the blanks that bring columns into line.
  private static String words(String line) {
    String numberless = NUMBER.matcher(line).replaceAll("#");
    return INTERVAL.matcher(numberless).replaceAll(" ").replaceAll(" +", " ").stripTrailing();
  }

  private static List<String> run(Path folder, String script)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euc", script)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("TOPDRAW_JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(script + said).isZero();
    return said.lines().toList();
  }
}
