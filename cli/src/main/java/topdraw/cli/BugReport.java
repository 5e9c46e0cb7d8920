package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import topdraw.words.Visible;

/// The last net: what nobody foresaw ends in one line, and in a file that holds what a report of it
/// needs. Nothing is sent anywhere.
final class BugReport {
  /// Words that are nobody's business: what follows `--api-key`, `token=` and the like, what stands
  /// before the `@` of an address, and what looks like the keys of well-known services.
  private static final List<Pattern> SECRETS =
      List.of(
          Pattern.compile(
              "(?i)((?:key|secret|password|passwd|token|credentials?|authorization)['\"]?\\s*[=:\\s]\\s*"
                  + "(?:bearer\\s+|basic\\s+)?['\"]?)([^\\s'\",]+)"),
          Pattern.compile("(\\w+://)([^/\\s@]+)(?=@)"),
          Pattern.compile("(\\b)((?:sk-|hf_|gh[a-z]_|github_pat_|xox[a-z]-|AKIA)[\\w-]{12,})"));

  private static final int LONGEST_LINE = 200;
  private static final int LONGEST_WORD = 500;

  private BugReport() {}

  /// Writes the file and says so.
  ///
  /// @param thrown what was not foreseen
  /// @param arguments the command line
  /// @param err where the line goes
  /// @return the exit code, 1
  static int of(Throwable thrown, List<String> arguments, PrintWriter err) {
    err.println("topdraw: " + what(thrown) + "; " + where(thrown, arguments));
    return 1;
  }

  private static String what(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      return "out of memory, of which there were "
          + (Runtime.getRuntime().maxMemory() >> 20)
          + " MiB; TOPDRAW_JAVA_OPTS=-Xmx8g gives 8 GiB";
    }
    String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
    return "this is a bug of Topdraw's, "
        + Visible.oneLine(
            withoutSecrets(thrown.getClass().getSimpleName() + message), LONGEST_LINE);
  }

  private static String where(Throwable thrown, List<String> arguments) {
    try {
      // Readable by the user alone.
      Path file = Files.createTempFile("topdraw-bug-", ".txt");
      Files.writeString(file, report(thrown, arguments));
      return "what a report of it needs is in " + file;
    } catch (IOException | RuntimeException e) {
      return "no file could be written about it (" + e.getMessage() + "); TOPDRAW_DEBUG=1 shows it";
    }
  }

  private static String report(Throwable thrown, List<String> arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    out.println(
        "Topdraw met something it did not foresee. Nothing has been sent anywhere; read this");
    out.println("file before you hand it on. SECURITY.md says where to.");
    out.println();
    out.println("time: " + Instant.now());
    Versions.all().forEach((name, version) -> out.println(name + ": " + version));
    out.println("memory: " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB at most");
    out.println("command line: topdraw " + words(arguments));
    out.println();
    thrown.printStackTrace(out);
    return withoutSecrets(text.toString());
  }

  private static String words(List<String> arguments) {
    return String.join(" ", arguments.stream().map(BugReport::word).toList());
  }

  private static String word(String argument) {
    String shown = Visible.oneLine(argument, LONGEST_WORD);
    return shown.matches("[\\w./:=@%+,-]+") ? shown : "'" + shown + "'";
  }

  static String withoutSecrets(String text) {
    String shown = text;
    for (Pattern secret : SECRETS) {
      shown = secret.matcher(shown).replaceAll("$1(withheld)");
    }
    return shown;
  }
}
