package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages that walk a reader through commands: each command is run as it is printed, and says
/// what the page says it says.
@Execution(ExecutionMode.CONCURRENT) // the pages draw in processes of their own
class TutorialTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|text)\\n(.*?)^```$");
  private static final int LABEL = 16;

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
        "tutorial.md",
        "rewards.md",
        "planning.md",
        "export.md",
        "blockwise.md",
        "samples.md",
        "experiments.md");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandOnThePageWorksAsPrinted(String name) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(temp.resolve("work"));
    Files.createSymbolicLink(folder.resolve("topdraw"), program.home().resolve("topdraw"));
    for (String shipped : List.of("examples", "docs")) {
      Files.createSymbolicLink(folder.resolve(shipped), Path.of("..", shipped).toAbsolutePath());
    }
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "docs", name)));
    List<String> said = new ArrayList<>();
    int blocks = 0;
    while (block.find()) {
      if (block.group(1).equals("sh")) {
        said.addAll(run(folder, block.group(2)));
        blocks++;
      } else {
        block
            .group(2)
            .lines()
            .filter(line -> line.startsWith("  ") || line.startsWith("topdraw: "))
            .forEach(line -> assertSaid(said, line));
      }
    }
    assertThat(blocks).isPositive();
  }

  /// Numbers and completions depend on the processor: what must agree is which lines there are.
  private static void assertSaid(List<String> said, String line) {
    String label = line.substring(0, Math.min(line.length(), LABEL));
    assertThat(said).as("a line like: " + line).anyMatch(other -> other.startsWith(label));
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
