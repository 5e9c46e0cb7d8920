package topdraw.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.estimate.Comparison;
import topdraw.estimate.PairedSelection;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.compare.PairedRecordings;
import topdraw.recordings.compare.PairedRecordings.Way;
import topdraw.recordings.compare.RecordedComparison;
import topdraw.reward.Comparing;
import topdraw.words.AssumptionWords;
import topdraw.words.json.ComparisonJson;
import topdraw.words.json.PairedSelectionJson;
import topdraw.words.text.ComparisonText;
import topdraw.words.text.PairedSelectionText;

@Command(
    name = "compare",
    description = {
      "Compares two recordings on the prompts they share, or two rewards of one, pair by pair.",
      "",
      "Two recordings: in each the first reward chooses the winner of a batch; winners of the same"
          + " prompt and batch are paired. A run has the batches it was drawn in; of files of others"
          + " all draws of a prompt are one. Then both at equal n, for every n. With --gold: who"
          + " selects better, by a reward that counts. Intervals count prompts, not completions."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: topdraw compare best-of-4 best-of-16 --reward negative-length",
      "Example: topdraw compare pool.jsonl --rewards judge,rm --gold correct"
    })
final class CompareCommand extends AnsweringCommand {
  @Mixin private ConfidenceOption confidence;

  @Parameters(
      index = "0",
      paramLabel = "FIRST",
      description = "What to compare with: a run folder, or a file as topdraw analyze reads them.")
  private String first = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SECOND",
      description = "What is compared. Without it, two rewards of FIRST: --rewards and --gold.")
  private @Nullable String second;

  @Option(
      names = "--reward",
      paramLabel = "NAME",
      description =
          "The reward that judges both winners, recorded or added by topdraw score. Default: the"
              + " one that selected in FIRST.")
  private @Nullable String reward;

  @Option(
      names = "--rewards",
      paramLabel = "A,B",
      description =
          "The rewards that select: A in FIRST, and B in SECOND or in FIRST too. A name with a comma"
              + " in it: --rewards A --rewards B.")
  private List<String> rewards = List.of();

  @Option(
      names = "--gold",
      paramLabel = "NAME",
      description = "A recorded reward that counts: who selects better by it?")
  private @Nullable String gold;

  @Option(
      names = "-n",
      split = ",",
      paramLabel = "N",
      description = "The values of n. Default: 1, 2, 3, 4, 6, 8, 12, ...")
  private List<Integer> grid = List.of();

  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<String> selecting = selecting();
    if (second == null) {
      return rewardsOfOne(selecting);
    }
    boolean atEveryN = !(selecting.isEmpty() && counts().isEmpty());
    if (atEveryN && same(first, second)) {
      throw new InputException(
          Problem.CONFLICT,
          first + " is given twice; two rewards of one recording: --rewards A,B --gold NAME");
    }
    try (Recording one = open(first, selecting);
        Recording other = open(second, selecting)) {
      return atEveryN
          ? selections(
              new Way(one, chosen(one, selecting, 0), named(first, selecting, 0)),
              new Way(other, chosen(other, selecting, 1), named(second, selecting, 1)))
          : batches(one, other, second);
    }
  }

  private static boolean same(String one, String other) throws IOException {
    return Files.exists(Path.of(one))
        && Files.exists(Path.of(other))
        && Files.isSameFile(Path.of(one), Path.of(other));
  }

  private int rewardsOfOne(List<String> selecting) throws IOException {
    if (selecting.isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          "a second recording is needed, or two rewards of the first: --rewards A,B --gold NAME");
    }
    try (Recording pool = open(first, selecting)) {
      return selections(
          new Way(pool, chosen(pool, selecting, 0), selecting.get(0)),
          new Way(pool, chosen(pool, selecting, 1), selecting.get(1)));
    }
  }

  /// The rewards that select.
  ///
  /// @return two names, or none where none was given
  private List<String> selecting() {
    List<String> names =
        rewards.size() == 1 ? Arrays.asList(rewards.getFirst().split(",", -1)) : rewards;
    if (!names.isEmpty() && (names.size() != 2 || names.contains(""))) {
      throw new InputException(
          Problem.MALFORMED,
          "--rewards takes two names, A,B, was "
              + String.join(" ", rewards)
              + "; a name with a comma in it: --rewards A --rewards B");
    }
    if (!names.isEmpty() && names.getFirst().equals(names.getLast())) {
      throw new InputException(
          Problem.CONFLICT,
          "--rewards takes two different names, was " + names.getFirst() + " twice");
    }
    if (!names.isEmpty() && counts().isEmpty()) {
      throw new InputException(
          Problem.MISSING, "--rewards needs --gold NAME: the reward that says which is better");
    }
    return names;
  }

  private String chosen(Recording recording, List<String> selecting, int at) {
    return recording.reward(
        selecting.isEmpty() ? Optional.empty() : Optional.of(selecting.get(at)), counts());
  }

  /// The reward that counts.
  private Optional<String> counts() {
    return Optional.ofNullable(gold).or(imports::gold);
  }

  private static String named(String input, List<String> selecting, int at) {
    return selecting.isEmpty() ? input : input + " by " + selecting.get(at);
  }

  private int selections(Way one, Way other) throws IOException {
    String counts = one.recording().reward(counts());
    other.recording().reward(Optional.of(counts));
    PairedSelection found = PairedRecordings.of(one, other, counts, grid, confidence.value());
    List<String> supposed = supposed(one.recording(), other.recording());
    answer(
        json,
        () -> PairedSelectionJson.document(found, supposed),
        () -> PairedSelectionText.lines(found));
    tell(supposed);
    return 0;
  }

  private int batches(Recording one, Recording other, String named) throws IOException {
    String judge = reward == null ? one.reward(Optional.empty()) : reward;
    Comparison comparison = RecordedComparison.of(one, other, judge, confidence.value());
    if (comparison.findings().isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          "nothing to compare: " + first + " and " + named + " share no prompt that both scored");
    }
    Optional<PairedSelection> byN = byN(one, other, named, judge);
    List<String> supposed = supposed(one, other);
    answer(
        json,
        () -> {
          Map<String, Object> document =
              new LinkedHashMap<>(ComparisonJson.of(comparison, first, named));
          byN.ifPresent(found -> document.put("at_equal_n", PairedSelectionJson.of(found)));
          document.put("assumptions", supposed);
          return document;
        },
        () -> ComparisonText.lines(comparison, first, named));
    if (!json) {
      byN.ifPresent(
          found -> {
            out().println();
            PairedSelectionText.atEqualN(found).forEach(out()::println);
          });
    }
    tell(supposed);
    return 0;
  }

  /// Both at equal n, where the rewards that select rank draws by themselves.
  private Optional<PairedSelection> byN(Recording one, Recording other, String named, String judge)
      throws IOException {
    String before = one.rewards().getFirst();
    String after = other.rewards().getFirst();
    return Comparing.names(before) || Comparing.names(after) || Comparing.names(judge)
        ? Optional.empty()
        : PairedRecordings.possible(
            new Way(one, before, first),
            new Way(other, after, named),
            judge,
            grid,
            confidence.value());
  }

  private static List<String> supposed(Recording one, Recording other) {
    return one.n().isPresent() && other.n().isPresent() ? List.of() : AssumptionWords.ofPool(false);
  }

  private void tell(List<String> supposed) {
    if (!json) {
      supposed.forEach(out()::println);
    }
  }

  private Recording open(String input, List<String> selecting) throws IOException {
    return imports.open(
        List.of(input),
        err(),
        reward,
        counts().orElse(null),
        selecting.isEmpty() ? null : selecting.getFirst(),
        selecting.isEmpty() ? null : selecting.getLast());
  }
}
