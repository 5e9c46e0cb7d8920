package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What nobody foresaw, foreseen.
class BugReportTest {
  @Command(name = "fail")
  private record Failing(Supplier<Throwable> failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw sneaky(failure.get());
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaky(Throwable e) throws E {
      throw (E) e;
    }
  }

  @Command(name = "fail")
  private static final class Asked implements Callable<Integer> {
    @Option(names = "--api-key")
    private String key = "";

    @Override
    public Integer call() {
      throw new IllegalStateException("no answer from " + key);
    }
  }

  static Stream<Supplier<Throwable>> failures() {
    return Stream.of(
        StackOverflowError::new,
        () -> new OutOfMemoryError("Java heap space"),
        () -> new NoClassDefFoundError("topdraw/Gone"),
        () -> new UnsatisfiedLinkError("no llama in java.library.path"),
        () -> new AssertionError("cannot be\nat all"),
        () -> new IllegalStateException("out of step"),
        () -> new IllegalArgumentException("x is negative"),
        NullPointerException::new);
  }

  private static Ran run(Object command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program =
        Topdraw.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));
    program.addSubcommand("fail", command);
    int code =
        program.execute(
            Stream.concat(Stream.of("fail"), Stream.of(arguments)).toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }

  private static Path file(Ran ran) {
    String said = ran.err().strip();
    return Path.of(said.substring(said.lastIndexOf(' ') + 1));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverIsThrownIsOneLineAndAFile(Supplier<Throwable> failure) throws IOException {
    Ran ran = run(new Failing(failure));
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).hasLineCount(1).startsWith("topdraw: ").doesNotContain("\tat ");
    Path file = file(ran);
    assertThat(file).exists();
    assertThat(Files.readString(file))
        .contains(failure.get().getClass().getName())
        .contains("\tat " + BugReportTest.class.getName())
        .contains("topdraw: " + Versions.topdraw())
        .contains("command line: topdraw fail");
    Files.delete(file);
  }

  @Test
  void outOfMemorySaysHowToGiveMore() throws IOException {
    Ran ran = run(new Failing(() -> new OutOfMemoryError("Java heap space")));
    assertThat(ran.err()).contains("out of memory").contains("TOPDRAW_JAVA_OPTS=-Xmx");
    Files.delete(file(ran));
  }

  @Test
  void aSecretOfTheCommandLineIsInNeither() throws IOException {
    Ran ran = run(new Asked(), "--api-key", "sk-proj-0123456789abcdef");
    assertThat(ran.err()).contains("no answer from (withheld)").doesNotContain("0123456789");
    assertThat(Files.readString(file(ran)))
        .contains("--api-key (withheld)")
        .doesNotContain("0123456789");
    Files.delete(file(ran));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --api-key abc -n 4               | --api-key (withheld) -n 4
          --token=abc x                    | --token=(withheld) x
          --header 'Authorization: Bearer abc' | --header 'Authorization: Bearer (withheld)'
          --max-tokens 24 --seed 7         | --max-tokens 24 --seed 7
          https://me:pw@host/v1            | https://(withheld)@host/v1
          say hf_abcdefghijklmnop          | say (withheld)
          {"password": "abc", "n": 1}      | {"password": "(withheld)", "n": 1}
          """)
  void secretsAreWithheldAndNothingElse(String text, String shown) {
    assertThat(BugReport.withoutSecrets(text)).isEqualTo(shown);
  }

  @Test
  void aWholeProgramThatRunsOutOfMemorySaysSo(@TempDir Path temp)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temp,
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "topdraw.cli.Topdraw",
                "compute")
            .redirectError(temp.resolve("err").toFile())
            .start();
    try (var in = process.outputWriter()) {
      in.write("{\"id\": \"" + "x".repeat(40 << 20) + "\"}\n");
    } catch (IOException e) {
      // It may end before it has read all.
    }
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readString(temp.resolve("err"))).hasLineCount(1).contains("out of memory");
  }
}
