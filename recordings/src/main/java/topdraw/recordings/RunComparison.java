package topdraw.recordings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.Score;
import topdraw.estimate.Comparison;
import topdraw.estimate.PromptMean;
import topdraw.selection.Selector;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;

/// Compares two recorded runs on the prompts they share.
public final class RunComparison {
  private static final Estimator LENGTH =
      new Estimator("winner_length_difference", "length of the winner, second - first");

  private RunComparison() {}

  /// Compares two runs. In each its own first reward chooses the winner of a batch; both winners
  /// are then judged by the same reward.
  ///
  /// @param first the run to compare with
  /// @param second the run compared
  /// @param reward the name of a reward that scored both
  /// @param confidence of the intervals
  /// @return the comparison
  /// @throws IllegalArgumentException if a run has no scores of that reward
  public static Comparison of(
      RunReader first, RunReader second, String reward, Confidence confidence) {
    return new Pairing(position(first, reward), position(second, reward))
        .compare(first, second, reward, confidence);
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

    Comparison compare(RunReader first, RunReader second, String name, Confidence confidence) {
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
      return new Comparison(
          name,
          confidence,
          reward.prompts(),
          pairs,
          unscored,
          onlyFirst,
          onlySecond,
          findings(name, confidence));
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

    private List<Finding> findings(String name, Confidence confidence) {
      if (reward.prompts() == 0) {
        return List.of();
      }
      List<Finding> findings = new ArrayList<>();
      findings.add(
          reward.finding(
              Quantity.REWARD_DIFFERENCE,
              new Estimator("winner_reward_difference", name + " of the winner, second - first"),
              confidence));
      findings.add(
          wins.finding(
              Quantity.WIN_SHARE,
              new Estimator(
                  "winner_comparison",
                  "the second's winner has the higher " + name + ", ties half"),
              confidence));
      if (length.prompts() == reward.prompts()) {
        findings.add(length.finding(Quantity.LENGTH_DIFFERENCE, LENGTH, confidence));
      }
      return findings;
    }
  }
}
