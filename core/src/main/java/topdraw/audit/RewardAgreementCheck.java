package topdraw.audit;

import java.util.Arrays;
import java.util.Optional;
import topdraw.draw.PromptDraws;

/// Whether equal completions of a prompt have equal rewards. Where they have not, the probability
/// of a completion is counted at several rewards, and no bound made of it holds.
final class RewardAgreementCheck implements Check<RewardAgreementCheck> {
  private static final long serialVersionUID = 1;
  private final String reward;
  private final Occurrences places = new Occurrences();

  RewardAgreementCheck(String reward) {
    this.reward = reward;
  }

  @Override
  public void look(PromptDraws prompt, long position) {
    double[] scores = prompt.ranks(reward);
    var first = new double[scores.length];
    Arrays.fill(first, Double.NaN);
    for (int i = 0; i < scores.length; i++) {
      double score = scores[i];
      if (Double.isFinite(prompt.logProbability(i)) && Double.isFinite(score)) {
        double known = first[prompt.outcome(i)];
        if (Double.isNaN(known)) {
          first[prompt.outcome(i)] = score;
        } else if (known != score) {
          places.add(position, prompt.draws().get(i).place());
        }
      }
    }
  }

  @Override
  public void merge(RewardAgreementCheck other) {
    places.merge(other.places);
  }

  @Override
  public Optional<Verdict> verdict() {
    return places.count() == 0
        ? Optional.empty()
        : Optional.of(
            Verdict.refuse(
                "reward agreement " + reward,
                places.counted("sample")
                    + " with another score than an equal completion of the prompt: bounds from"
                    + " probabilities need one score for each completion; score each once",
                places.first(),
                Withholds.LOG_PROBABILITIES));
  }
}
