package topdraw.recordings.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.estimate.AtN;
import topdraw.estimate.PairedSelection;
import topdraw.estimate.SelectedGold;
import topdraw.estimate.SelectionPairs;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.theory.finding.Confidence;

/// Who selects better, at every n: two rewards of one recording, or one of each of two recordings,
/// judged by a reward that counts. Prompts are the same where their keys are.
public final class PairedRecordings {
  /// One way to select.
  ///
  /// @param recording from which draws
  /// @param reward by which reward
  /// @param name what it is called
  public record Way(Recording recording, String reward, String name) {}

  /// What a prompt of the second recording said, until its twin is met.
  private record Met(String prompt, Optional<SelectedGold.Expected> expected) {}

  private final Way first;
  private final Way second;
  private final SelectedGold before;
  private final SelectedGold after;
  private final Confidence confidence;
  private final SelectionPairs pairs;
  private final List<String> onlyFirst = new ArrayList<>();
  private List<String> onlySecond = List.of();
  private long unjudged;

  private PairedRecordings(
      Way first, Way second, String gold, List<Integer> grid, Confidence confidence) {
    this.first = first;
    this.second = second;
    this.confidence = confidence;
    before = new SelectedGold(first.reward(), gold, grid);
    after = new SelectedGold(second.reward(), gold, grid);
    pairs = new SelectionPairs(before, sameDraws(), confidence);
  }

  private boolean sameDraws() {
    return first.recording().equals(second.recording());
  }

  /// Compares two ways to select.
  ///
  /// @param first the one to compare with
  /// @param second the one compared; of the same recording, which is then read once, or another
  /// @param gold the reward that counts
  /// @param grid the values of n; empty for the default
  /// @param confidence of the intervals
  /// @return the comparison
  /// @throws InputException if no prompt can be judged in both, or none has so many draws
  /// @throws IOException if a recording cannot be read
  public static PairedSelection of(
      Way first, Way second, String gold, List<Integer> grid, Confidence confidence)
      throws IOException {
    PairedRecordings paired = new PairedRecordings(first, second, gold, grid, confidence);
    return paired.answer().orElseThrow(paired::nothing);
  }

  /// Compares two ways to select, where there is something to compare.
  ///
  /// @param first the one to compare with
  /// @param second the one compared
  /// @param gold the reward that counts
  /// @param grid the values of n; empty for the default
  /// @param confidence of the intervals
  /// @return the comparison; empty if no prompt can be judged in both
  /// @throws IOException if a recording cannot be read
  public static Optional<PairedSelection> possible(
      Way first, Way second, String gold, List<Integer> grid, Confidence confidence)
      throws IOException {
    return new PairedRecordings(first, second, gold, grid, confidence).answer();
  }

  private InputException nothing() {
    return new InputException(
        Problem.MISSING,
        "nothing to compare: no prompt has a score of "
            + before.gold()
            + " for every draw, and one that selects, "
            + (sameDraws() ? "here" : "in both")
            + "; add scores with topdraw score, or name another reward that counts");
  }

  private Optional<PairedSelection> answer() throws IOException {
    if (sameDraws()) {
      first
          .recording()
          .forEachWithoutTexts(prompt -> pair(prompt.key(), before.of(prompt), after.of(prompt)));
    } else {
      readBoth();
    }
    if (pairs.prompts() == 0) {
      return Optional.empty();
    }
    List<AtN> curve = pairs.curve();
    if (curve.isEmpty()) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "no prompt has " + before.grid().getFirst() + " draws; ask for a smaller n with ",
          Parameter.N);
    }
    return Optional.of(
        new PairedSelection(
            first.name(),
            second.name(),
            before.gold(),
            sameDraws(),
            confidence,
            pairs.prompts(),
            pairs.samples(),
            pairs.draws(),
            unjudged,
            onlyFirst,
            onlySecond,
            curve));
  }

  private void readBoth() throws IOException {
    Map<String, Met> others = new LinkedHashMap<>();
    second
        .recording()
        .forEachWithoutTexts(
            prompt -> others.put(prompt.key(), new Met(prompt.display(), after.of(prompt))));
    first
        .recording()
        .forEachWithoutTexts(
            prompt -> {
              Met other = others.remove(prompt.key());
              if (other == null) {
                onlyFirst.add(prompt.display());
              } else {
                pair(prompt.key(), before.of(prompt), other.expected());
              }
            });
    onlySecond = others.values().stream().map(Met::prompt).toList();
  }

  private void pair(
      String key, Optional<SelectedGold.Expected> one, Optional<SelectedGold.Expected> other) {
    if (one.isPresent() && other.isPresent()) {
      pairs.add(key, one.get(), other.get());
    } else {
      unjudged++;
    }
  }
}
