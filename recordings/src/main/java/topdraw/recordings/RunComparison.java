package topdraw.recordings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.Score;
import topdraw.estimate.PromptMean;
import topdraw.selection.Selector;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

/// Two runs on the same prompts, side by side: what each would have returned, batch by batch of the
/// same prompt.
///
/// @param reward the reward compared
/// @param prompts prompts that were compared
/// @param pairs pairs of winners that were compared
/// @param unscored pairs left out because a winner has no score
/// @param onlyFirst prompts of the first run alone, by what was asked; a refused prompt counts as
///   absent
/// @param onlySecond prompts of the second run alone
/// @param findings the second run against the first: `reward_difference`, `win_share` (ties half),
///   `length_difference`; empty when nothing could be compared
public record RunComparison(
    String reward,
    long prompts,
    long pairs,
    long unscored,
    List<String> onlyFirst,
    List<String> onlySecond,
    List<Finding> findings) {
  private static final Interval ANY =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /// Copies the lists.
  public RunComparison {
    onlyFirst = List.copyOf(onlyFirst);
    onlySecond = List.copyOf(onlySecond);
    findings = List.copyOf(findings);
  }

  /// Compares two runs. In each its own first reward chooses the winner of a batch; both winners
  /// are then judged by the same reward.
  ///
  /// @param first the run to compare with
  /// @param second the run compared
  /// @param reward the name of a reward that scored both
  /// @return the comparison
  /// @throws IllegalArgumentException if a run has no scores of that reward
  public static RunComparison of(RunReader first, RunReader second, String reward) {
    return new Pairing(position(first, reward), position(second, reward))
        .compare(first, second, reward);
  }

  private static int position(RunReader run, String reward) {
    return run.position(reward)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "run "
                        + run.manifest().id()
                        + " has no scores of "
                        + reward
                        + "; add them with topdraw score RUN --reward "
                        + reward));
  }

  /// The sums of a comparison under way.
  private static final class Pairing {
    private final int firstReward;
    private final int secondReward;
    private final PromptMean reward = new PromptMean();
    private final PromptMean wins = new PromptMean();
    private final PromptMean length = new PromptMean();
    private long pairs;
    private long unscored;

    Pairing(int firstReward, int secondReward) {
      this.firstReward = firstReward;
      this.secondReward = secondReward;
    }

    RunComparison compare(RunReader first, RunReader second, String name) {
      Map<String, Integer> positions = new HashMap<>();
      for (int p = 0; p < second.prompts(); p++) {
        positions.put(second.key((long) p), p);
      }
      List<String> onlyFirst = new ArrayList<>();
      for (int p = 0; p < first.prompts(); p++) {
        RecordedPrompt one = first.prompt(p);
        Integer other = positions.remove(one.key());
        if (other == null || !pair(one, second.prompt(other))) {
          onlyFirst.add(one.prompt().display());
        }
      }
      List<String> onlySecond =
          positions.values().stream()
              .sorted()
              .map(p -> second.prompt(p).prompt().display())
              .toList();
      return new RunComparison(
          name, reward.prompts(), pairs, unscored, onlyFirst, onlySecond, findings(name));
    }

    /// Whether both runs have completions of the prompt.
    private boolean pair(RecordedPrompt one, RecordedPrompt other) {
      int batches = Math.min(one.batches(), other.batches());
      double difference = 0;
      double won = 0;
      double longer = 0;
      int paired = 0;
      for (int b = 0; b < batches; b++) {
        Optional<Draw> a = one.batch(b).map(Pairing::winner);
        Optional<Draw> z = other.batch(b).map(Pairing::winner);
        if (a.isPresent()
            && z.isPresent()
            && score(a.get(), firstReward) instanceof Score.Value(double before)
            && score(z.get(), secondReward) instanceof Score.Value(double after)) {
          difference += after - before;
          won += after > before ? 1 : after == before ? 0.5 : 0;
          longer += length(z.get()) - length(a.get());
          paired++;
        } else if (!one.draws().isEmpty() && !other.draws().isEmpty()) {
          unscored++;
        }
      }
      if (paired > 0) {
        long from = (long) paired * (one.n() + other.n());
        reward.add(difference / paired, from);
        wins.add(won / paired, from);
        if (Double.isFinite(longer)) {
          length.add(longer / paired, from);
        }
        pairs += paired;
      }
      return !one.draws().isEmpty() && !other.draws().isEmpty();
    }

    private static Score score(Draw draw, int reward) {
      return draw.scores().scores().get(reward);
    }

    private static double length(Draw draw) {
      return draw.length().orElse(Double.NaN);
    }

    private static Draw winner(List<Draw> batch) {
      return batch.get(Selector.best(batch.stream().map(Draw::score).toList()));
    }

    private List<Finding> findings(String name) {
      if (reward.prompts() == 0) {
        return List.of();
      }
      List<Finding> findings = new ArrayList<>();
      findings.add(
          reward.finding(
              "reward_difference",
              Role.VALUE,
              "reward",
              ANY,
              name + " of the winner, second - first"));
      findings.add(
          wins.finding(
              "win_share",
              Role.VALUE,
              "probability",
              new Interval(0, 1),
              "the second's winner has the higher " + name + ", ties half"));
      if (length.prompts() == reward.prompts()) {
        findings.add(
            length.finding(
                "length_difference",
                Role.VALUE,
                "tokens",
                ANY,
                "length of the winner, second - first"));
      }
      return findings;
    }
  }
}
