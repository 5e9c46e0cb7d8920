package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import topdraw.cli.Ran;
import topdraw.cli.Topdraw;

/// Help is written once, in the program.
class HelpPageTest {
  private static final Set<String> WITHOUT_AN_ANSWER =
      Set.of("topdraw", "topdraw bench", "topdraw completion", "topdraw help", "topdraw serve");

  private static CommandSpec root() {
    return Topdraw.commandLine(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), Map.of())
        .getCommandSpec();
  }

  private static Stream<CommandSpec> commands(CommandSpec command) {
    return Stream.concat(
        Stream.of(command),
        command.subcommands().values().stream()
            .distinct()
            .flatMap(sub -> commands(sub.getCommandSpec())));
  }

  static Stream<String> commands() {
    return commands(root())
        .filter(command -> !command.usageMessage().hidden())
        .map(CommandSpec::qualifiedName)
        .filter(name -> !name.equals("topdraw help"));
  }

  private static CommandSpec named(String name) {
    return commands(root())
        .filter(command -> command.qualifiedName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thePageIsWhatTheProgramSays() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "help.md")))
        .as("stale; make it again: ./topdraw help-page > docs/help.md")
        .isEqualTo(Ran.topdraw("help-page").out());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandCanBeQuietAndMostCanAnswerInJson(String name) {
    CommandSpec command = named(name);
    assertThat(command.findOption("--quiet")).isNotNull();
    if (command.subcommands().isEmpty() && !WITHOUT_AN_ANSWER.contains(name)) {
      assertThat(command.findOption("--json")).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyHelpEndsWithAnExampleOfThatCommand(String name) {
    String footer = String.join("\n", named(name).usageMessage().footer());
    assertThat(footer).contains(name.equals("topdraw") ? "topdraw quickstart" : name);
  }
}
