package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.BadRows;
import topdraw.recordings.ChosenPrompts;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Join;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.words.ReadWords;

/// What is said of files of recorded samples: which column holds what, and whether a row may be
/// bad.
abstract class RowOptions {
  @Option(
      names = "--map",
      paramLabel = "FIELD=PATH[,FIELD=PATH...]",
      description =
          "Which column holds what: rows, prompt_id, prompt, context, system, history, messages,"
              + " text, reward, gold, log_p, tokens, seconds, finish, seed, asked, policy, rater,"
              + " rollout, turn, ignore. Guessed and shown when not given. A path leads into"
              + " objects and lists: a.b, a[].b, a[-1], score_*, min(a[]); reward=-wer: less is"
              + " better; tokens=: none.")
  private List<String> map = List.of();

  @Option(names = "--strict", description = "A row that cannot be read is an error.")
  private boolean strict;

  @Option(
      names = "--words",
      split = ",",
      paramLabel = "WORD=NUMBER",
      description = "What words count as scores, such as pass=1,fail=0.")
  private List<String> words = List.of();

  @Option(
      names = "--lenient",
      description = "Read on where more than 1 %% of the rows cannot be read.")
  private boolean lenient;

  @Option(
      names = "--join",
      paramLabel = "FILE",
      description = "A second file whose rows complete these: scores, prompts or answers.")
  private @Nullable Path join;

  @Option(
      names = "--on",
      split = ",",
      paramLabel = "PATH[=PATH]",
      description = "What is equal in rows that belong together, here and in the file of --join.")
  private List<String> on = List.of();

  @Option(
      names = "--prompt",
      paramLabel = "KEY|PATTERN",
      description =
          "Only the prompt of this key, or those in whose words this RE2 pattern is found.")
  private @Nullable String prompt;

  /// Whether some prompts are left out.
  final boolean choosesPrompts() {
    return prompt != null;
  }

  /// Whether the log-probabilities are said to be of the distribution sampled from.
  ///
  /// @throws InputException if something else is said of them
  abstract boolean policy();

  /// Opens the recording and says what was taken for what.
  ///
  /// @param rewards columns that other options name as rewards
  /// @throws InputException if nothing is there to read, or a row cannot be read and that is an
  ///   error
  final Recording open(List<String> inputs, PrintWriter err, @Nullable String... rewards)
      throws IOException {
    return open(Recordings::open, inputs, err, rewards);
  }

  /// What opens a recording.
  @FunctionalInterface
  interface Opening {
    Recording open(List<String> inputs, Mapping mapping) throws IOException;
  }

  /// Opens the recording in another way.
  final Recording open(
      Opening opening, List<String> inputs, PrintWriter err, @Nullable String... rewards)
      throws IOException {
    Recording recording = opening.open(inputs, mapping(rewards));
    BadRows bad = recording.bad();
    if (strict && bad.count() > 0) {
      try (recording) {
        throw new InputException(Problem.MALFORMED, ReadWords.refused(bad.count(), bad.first()));
      }
    }
    ReadWords.lines(recording.columns(), bad.count(), bad.first()).forEach(err::println);
    Recording asked = prompt == null ? recording : chosen(recording, prompt);
    long notBegun = choosesPrompts() ? asked.notBegun() : 0;
    ReadWords.unfinished(asked.name(), choosesPrompts(), asked.missing(), notBegun)
        .ifPresent(err::println);
    return asked;
  }

  private static Recording chosen(Recording recording, String prompt) throws IOException {
    try {
      return new ChosenPrompts(recording, prompt);
    } catch (InputException e) {
      recording.close();
      throw InputException.at("--prompt", e);
    }
  }

  private Mapping mapping(@Nullable String... rewards) {
    boolean policy = policy();
    if (join == null && !on.isEmpty()) {
      throw new InputException(Problem.MISSING, "--on needs --join FILE");
    }
    return new Mapping(
        Mapping.parse(map),
        Stream.of(rewards).flatMap(Stream::ofNullable).toList(),
        policy,
        Mapping.words(words),
        lenient && !strict,
        Optional.ofNullable(join).map(file -> Join.of(file, on)));
  }

  /// The reward mapped to gold.
  final Optional<String> gold() {
    return Mapping.parse(map).getOrDefault("gold", List.of()).stream().findFirst();
  }
}
