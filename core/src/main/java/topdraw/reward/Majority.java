package topdraw.reward;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;

/// How many of the draws scored with it give a completion's answer, or what those draws weigh by
/// another reward: the one chosen has the most frequent answer. A completion that gives no answer
/// has 0 votes and gives none.
///
/// Of answers tied for first that of the first drawn wins, which is each of them equally often: so
/// ties are shared, as the law has it ([topdraw.theory.law.MajorityLaw]). Source: Wang et al.
/// (2023), arXiv 2203.11171; weighted: Li et al. (2023), arXiv 2206.02336.
///
/// @param name the reward's name
/// @param extraction what a completion's answer is
/// @param weight what a vote weighs, at least 0; empty where each is one vote
record Majority(String name, AnswerExtraction extraction, Optional<Reward> weight)
    implements Reward {
  private static final Score ONE = new Score.Value(1);

  @Override
  public RewardIdentity identity() {
    return RewardIdentity.of(
        name,
        "1",
        Map.of(
            "answer", extraction.spec(), "weight", weight.map(Reward::identity).stream().toList()));
  }

  @Override
  public boolean comparesDraws() {
    return true;
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    List<Score> weights = weights(prompt);
    List<Optional<String>> answers = new ArrayList<>();
    Map<String, Double> totals = new HashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      Optional<String> answer = prompt.draws().get(i).text().flatMap(extraction::answer);
      answers.add(answer);
      if (answer.isPresent() && weights.get(i) instanceof Score.Value(double votes)) {
        totals.merge(answer.get(), votes, Double::sum);
      }
    }
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      scores.add(
          switch (weights.get(i)) {
            case Score.Missing missing -> missing;
            case Score.Value votes ->
                Score.of(
                    answers.get(i).map(answer -> totals.getOrDefault(answer, 0.0)).orElse(0.0));
          });
    }
    return scores;
  }

  /// What each draw's vote weighs; missing where it has no text, or no weight.
  private List<Score> weights(PromptDraws prompt) {
    List<Score> given =
        weight
            .map(reward -> reward.score(prompt))
            .orElseGet(() -> prompt.draws().stream().<Score>map(draw -> ONE).toList());
    List<Score> weights = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      weights.add(
          prompt.draws().get(i).text().isPresent() ? weight(given.get(i)) : EachReward.NO_TEXT);
    }
    return weights;
  }

  private Score weight(Score given) {
    String by = weight.map(Reward::name).orElse("");
    return switch (given) {
      case Score.Missing(String reason) -> new Score.Missing(by + ": " + reason);
      case Score.Value(double value) when value < 0 ->
          new Score.Missing(
              "a vote weighs at least 0, and "
                  + by
                  + " gave "
                  + value
                  + "; exp("
                  + by
                  + ") makes a weight of any reward");
      case Score.Value value -> value;
    };
  }

  @Override
  public void close() {
    weight.ifPresent(Reward::close);
  }
}
