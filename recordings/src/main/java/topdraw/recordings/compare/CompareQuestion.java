package topdraw.recordings.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Compared;
import topdraw.estimate.Comparison;
import topdraw.estimate.PairedSelection;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.compare.PairedRecordings.Way;
import topdraw.reward.Comparing;
import topdraw.theory.finding.Confidence;

/// What is compared: two recordings, or two rewards of one.
///
/// @param first the recording to compare with, as it is named
/// @param second the recording compared; empty for two rewards of the first
/// @param selecting the rewards that select, in the first and in the second; none for each
///   recording's own. One text with a comma in it holds both
/// @param judge the reward that judges both winners; empty for the one that selects in the first
/// @param gold the reward that counts, where one was named
/// @param grid the values of n; empty for the default
/// @param confidence of the intervals
public record CompareQuestion(
    String first,
    Optional<String> second,
    List<String> selecting,
    Optional<String> judge,
    Optional<String> gold,
    List<Integer> grid,
    Confidence confidence) {
  /// Takes the rewards apart, and copies the lists.
  ///
  /// @throws InputException if rewards that select are not two, nothing says which is better, or an
  ///   n is below 1
  public CompareQuestion {
    selecting = selecting(selecting, gold.isPresent());
    grid = AnalysisQuestion.sorted(grid);
  }

  /// Opens what is named.
  @FunctionalInterface
  public interface Opening {
    /// Opens a recording.
    ///
    /// @param input what it is called
    /// @return the recording; closed by the question
    /// @throws InputException if there is none such
    /// @throws IOException if it cannot be read
    Recording open(String input) throws IOException;
  }

  private static List<String> selecting(List<String> given, boolean counts) {
    List<String> names = given.size() == 1 ? Arrays.asList(given.getFirst().split(",", -1)) : given;
    if (names.isEmpty()) {
      return List.of();
    }
    if (names.size() != 2 || names.contains("")) {
      throw new InputException(
          Problem.MALFORMED,
          Parameter.REWARDS,
          " takes two names, A,B, was " + String.join(" ", given) + "; a name with a comma in it: ",
          Parameter.REWARDS,
          " A ",
          Parameter.REWARDS,
          " B");
    }
    if (names.getFirst().equals(names.getLast())) {
      throw new InputException(
          Problem.CONFLICT,
          Parameter.REWARDS,
          " takes two different names, was " + names.getFirst() + " twice");
    }
    if (!counts) {
      throw new InputException(
          Problem.MISSING,
          Parameter.REWARDS,
          " needs ",
          Parameter.GOLD,
          " NAME: the reward that says which is better");
    }
    return List.copyOf(names);
  }

  /// The rewards that are named, which are columns of files of others.
  ///
  /// @return their names
  public List<String> rewards() {
    List<String> rewards = new ArrayList<>();
    judge.ifPresent(rewards::add);
    gold.ifPresent(rewards::add);
    rewards.addAll(selecting);
    return rewards;
  }

  /// Compares.
  ///
  /// @param recordings opens what is named
  /// @return what was found
  /// @throws InputException if there is nothing to compare, or one recording to compare with itself
  /// @throws IOException if a recording cannot be read
  public Compared answer(Opening recordings) throws IOException {
    if (second.isEmpty()) {
      return rewardsOfOne(recordings);
    }
    boolean atEveryN = !selecting.isEmpty() || gold.isPresent();
    if (atEveryN && same(first, second.get())) {
      throw new InputException(
          Problem.CONFLICT,
          first + " is given twice; two rewards of one recording: ",
          Parameter.REWARDS,
          " A,B ",
          Parameter.GOLD,
          " NAME");
    }
    try (Recording one = recordings.open(first);
        Recording other = recordings.open(second.get())) {
      return atEveryN
          ? selections(
              new Way(one, chosen(one, 0), named(first, 0)),
              new Way(other, chosen(other, 1), named(second.get(), 1)))
          : batches(one, other, second.get());
    }
  }

  private static boolean same(String one, String other) throws IOException {
    return Files.exists(Path.of(one))
        && Files.exists(Path.of(other))
        && Files.isSameFile(Path.of(one), Path.of(other));
  }

  private Compared rewardsOfOne(Opening recordings) throws IOException {
    if (selecting.isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          "a second recording is needed, or two rewards of the first: ",
          Parameter.REWARDS,
          " A,B ",
          Parameter.GOLD,
          " NAME");
    }
    try (Recording pool = recordings.open(first)) {
      return selections(
          new Way(pool, chosen(pool, 0), selecting.getFirst()),
          new Way(pool, chosen(pool, 1), selecting.getLast()));
    }
  }

  private String chosen(Recording recording, int at) {
    return recording.reward(
        selecting.isEmpty() ? Optional.empty() : Optional.of(selecting.get(at)), gold);
  }

  private String named(String input, int at) {
    return selecting.isEmpty() ? input : input + " by " + selecting.get(at);
  }

  private Compared selections(Way one, Way other) throws IOException {
    String counts = one.recording().reward(gold);
    other.recording().reward(Optional.of(counts));
    return new Compared.Selections(
        PairedRecordings.of(one, other, counts, grid, confidence),
        pools(one.recording(), other.recording()));
  }

  private Compared batches(Recording one, Recording other, String named) throws IOException {
    String judges = judge.isPresent() ? judge.get() : one.reward(Optional.empty());
    Comparison comparison = RecordedComparison.of(one, other, judges, confidence);
    if (comparison.findings().isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          "nothing to compare: " + first + " and " + named + " share no prompt that both scored");
    }
    return new Compared.Batches(
        first, named, comparison, atEqualN(one, other, named, judges), pools(one, other));
  }

  /// Both at equal n, where the rewards that select rank draws by themselves.
  private Optional<PairedSelection> atEqualN(
      Recording one, Recording other, String named, String judges) throws IOException {
    String before = one.rewards().getFirst();
    String after = other.rewards().getFirst();
    return Comparing.names(before) || Comparing.names(after) || Comparing.names(judges)
        ? Optional.empty()
        : PairedRecordings.possible(
            new Way(one, before, first), new Way(other, after, named), judges, grid, confidence);
  }

  private static boolean pools(Recording one, Recording other) {
    return one.n().isEmpty() || other.n().isEmpty();
  }
}
