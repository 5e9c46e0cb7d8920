package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import topdraw.attack.Attack;
import topdraw.attack.Mutation;

/// Command lines and configuration files, damaged: each is answered, or refused in lines a person
/// can read, soon. Of commands that neither draw nor write where they are told to.
@Tag("attack")
class CommandLineAttackTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Set<Integer> CODES = Set.of(0, 2, 3, 4);
  private static final Set<String> WRITES = Set.of("-o", "--output", "--log");
  private static final String[] VALUES = {
    "1", "0", "-1", "16", "1,4,8", "4..1", "0.95", "1e-300", "2147483648", "true", "false",
        "reward",
    "reward=score", "p*", "json", "exact", "policy", "1=2", "=", ",", "0.5,0.5", "[1]", "{}",
        "a.b[]"
  };

  @TempDir private static Path folder;
  private static List<List<String>> wellFormed = List.of();

  @BeforeAll
  static void write() throws IOException {
    RandomGenerator random = new Mutation(7).random();
    StringBuilder rows = new StringBuilder();
    for (int k = 0; k < 24; k++) {
      int said = random.nextInt(6);
      rows.append(
          "{\"prompt\": \"p%d\", \"completion\": \"c%d\", \"score\": %d, \"gold\": %d, \"log_p\": -%d.5}%n"
              .formatted(k / 8, said, said / 2, random.nextInt(2), said));
    }
    String file = Files.writeString(folder.resolve("pool.jsonl"), rows).toString();
    String table =
        Files.writeString(
                folder.resolve("table.json"), "{\"p\": [0.5, 0.3, 0.2], \"reward\": [1, 2, 2]}")
            .toString();
    wellFormed =
        List.of(
            List.of(
                "analyze", file, "--n", "1,2,4", "--map", "reward=score", "--confidence", "0.9"),
            List.of(
                "analyze", file, "--gold", "gold", "--map", "reward=score,log-p=log_p", "--json"),
            List.of("plan", "--run", file, "--kl", "0.5", "--win-rate", "0.6"),
            List.of("plan", "--n", "16", "--epsilon", "0.1"),
            List.of("methods", file, "--map", "reward=score"),
            List.of("columns", file, "--map", "reward=-score"),
            List.of("compare", file, file),
            List.of("exact", table, "--n", "4"),
            List.of("compute", "best_of_n_kl", "--n", "4"),
            List.of("completion", "bash"));
  }

  static LongStream seeds() {
    return Attack.seeds(12, 0.03);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aDamagedCommandLineIsAnsweredOrRefused(long seed) {
    Mutation mutation = new Mutation(seed);
    List<String> words = new ArrayList<>(any(mutation));
    for (int injuries = mutation.random().nextInt(1, 4); injuries > 0; injuries--) {
      int at = mutation.random().nextInt(1, words.size() + 1);
      switch (mutation.random().nextInt(5)) {
        case 0 -> words.addAll(at, option(mutation, words.getFirst()));
        case 1 -> words.add(at, mutation.oneOf(VALUES));
        case 2 -> words.addAll(at, any(mutation));
        case 3 -> words.subList(at, Math.min(words.size(), at + 2)).clear();
        default -> {
          if (at < words.size()) words.set(at, mutation.of(words.get(at)));
        }
      }
    }
    answers(words, Map.of());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aDamagedConfigurationIsReadOrRefused(long seed) throws IOException {
    Mutation mutation = new Mutation(seed);
    List<String> words = any(mutation);
    StringBuilder settings =
        new StringBuilder("quiet = true\nconfidence = 0.9\n[%s]\n".formatted(words.getFirst()));
    for (int k = 0; k < 3; k++) {
      List<String> option = option(mutation, words.getFirst());
      settings.append(
          "%s = \"%s\"%n".formatted(option.getFirst().replaceFirst("^-+", ""), option.getLast()));
    }
    Path home = Files.createTempDirectory(folder, "home");
    Files.createDirectory(home.resolve("topdraw"));
    Files.writeString(
        home.resolve("topdraw/config.toml"),
        mutation.of(settings.toString()),
        StandardCharsets.UTF_8);
    answers(words, Map.of("XDG_CONFIG_HOME", home.toString()));
  }

  private static List<String> any(Mutation mutation) {
    return wellFormed.get(mutation.random().nextInt(wellFormed.size()));
  }

  /// One of a command's options, with some value.
  private static List<String> option(Mutation mutation, String command) {
    CommandLine line =
        Topdraw.commandLine(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), Map.of());
    List<OptionSpec> options =
        Objects.requireNonNull(line.getSubcommands().get(command))
            .getCommandSpec()
            .options()
            .stream()
            .filter(option -> Set.of(option.names()).stream().noneMatch(WRITES::contains))
            .toList();
    OptionSpec option = options.get(mutation.random().nextInt(options.size()));
    return List.of(mutation.oneOf(option.names()), mutation.oneOf(VALUES));
  }

  private static void answers(List<String> words, Map<String, String> environment) {
    StringWriter err = new StringWriter();
    int code =
        Assertions.assertTimeoutPreemptively(
            LIMIT,
            () ->
                Topdraw.commandLine(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err, true),
                        environment)
                    .execute(words.toArray(String[]::new)),
            () -> "took too long: " + words);
    assertThat(code).as("%s%n%s", words, err).isIn(CODES);
    assertThat(err.toString()).as("%s", words).doesNotContain("\tat ", "Exception", "a bug of");
    if (code == 2) {
      assertThat(err.toString().lines().toList().getLast()).as("%s", words).startsWith("topdraw: ");
    }
  }
}
