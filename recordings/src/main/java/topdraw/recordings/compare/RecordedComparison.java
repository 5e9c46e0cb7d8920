package topdraw.recordings.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Comparison;
import topdraw.estimate.PromptMean;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.compare.Winners.Winner;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;

/// Two recordings of the same prompts, side by side: what each would have returned, batch by batch
/// of the same prompt. A run's batches are those it was drawn in; of another recording all draws of
/// a prompt are one.
public final class RecordedComparison {
  private static final Estimator LENGTH =
      new Estimator("winner_length_difference", "length of the winner, second - first");

  private RecordedComparison() {}

  /// Compares two recordings. In each its own first reward chooses the winner of a batch; both
  /// winners are then judged by the same reward. Prompts are the same where their keys are.
  ///
  /// @param first the recording to compare with
  /// @param second the recording compared
  /// @param reward the name of a reward that scored both
  /// @param confidence of the intervals
  /// @return the comparison
  /// @throws InputException if a recording has no scores of that reward
  /// @throws IOException if one cannot be read
  public static Comparison of(
      Recording first, Recording second, String reward, Confidence confidence) throws IOException {
    requireScores(first, reward);
    requireScores(second, reward);
    Map<String, Winners> others = new LinkedHashMap<>();
    Winners.of(second, reward, prompt -> others.put(prompt.key(), prompt));
    Pairing pairing = new Pairing();
    List<String> onlyFirst = new ArrayList<>();
    Winners.of(
        first,
        reward,
        prompt -> {
          Winners other = others.remove(prompt.key());
          if (other == null) {
            onlyFirst.add(prompt.prompt());
          } else {
            pairing.add(prompt, other);
          }
        });
    return new Comparison(
        reward,
        confidence,
        pairing.reward.prompts(),
        pairing.pairs,
        pairing.unscored,
        onlyFirst,
        others.values().stream().map(Winners::prompt).toList(),
        pairing.findings(reward, confidence));
  }

  private static void requireScores(Recording recording, String reward) throws IOException {
    if (!recording.rewards().contains(reward)) {
      throw new InputException(
          Problem.UNKNOWN,
          recording.name() + " has no scores of " + reward + "; add them with topdraw score RUN ",
          Parameter.REWARD,
          " " + reward);
    }
  }

  /// The sums of a comparison under way.
  private static final class Pairing {
    private final PromptMean reward = new PromptMean();
    private final PromptMean wins = new PromptMean();
    private final PromptMean length = new PromptMean();
    private long pairs;
    private long unscored;

    void add(Winners one, Winners other) {
      int batches = Math.min(one.batches().size(), other.batches().size());
      double difference = 0;
      double won = 0;
      double longer = 0;
      int paired = 0;
      for (int b = 0; b < batches; b++) {
        Winner before = one.batches().get(b);
        Winner after = other.batches().get(b);
        if (before.score().isEmpty() || after.score().isEmpty()) {
          unscored++;
          continue;
        }
        double more = after.score().getAsDouble() - before.score().getAsDouble();
        difference += more;
        won += more > 0 ? 1 : more == 0 ? 0.5 : 0;
        longer += after.length().orElse(Double.NaN) - before.length().orElse(Double.NaN);
        paired++;
      }
      if (paired > 0) {
        long from = (long) paired * (one.n() + other.n());
        long order = PromptDraws.order(one.key());
        reward.add(difference / paired, from, order);
        wins.add(won / paired, from, order);
        if (Double.isFinite(longer)) {
          length.add(longer / paired, from, order);
        }
        pairs += paired;
      }
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
