package topdraw.reward;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.reference.Judge;
import topdraw.reference.Verdict;

/// A rating from 1 to 9 by a language model: the expected one over the digits' probabilities where
/// the judge tells them, which breaks the ties that a digit has, else the digit. What is no rating
/// is missing. Source: Zheng et al. (2023), arXiv 2306.05685; expected ratings: Liu et al. (2023),
/// arXiv 2303.16634.
public final class RatingJudge implements Reward {
  private static final List<String> RATINGS =
      IntStream.rangeClosed(JudgedQuestion.LEAST, JudgedQuestion.MOST)
          .mapToObj(Integer::toString)
          .toList();

  private final String name;
  private final Judge judge;
  private final JudgedQuestion question;

  /// A judge that rates.
  ///
  /// @param name the reward's name
  /// @param judge the model; stays another's to close
  /// @param question how it is asked
  public RatingJudge(String name, Judge judge, JudgedQuestion question) {
    this.name = name;
    this.judge = judge;
    this.question = question;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RewardIdentity identity() {
    return RewardIdentity.of(
        name, "1", Map.of("model", judge.model(), "layout", question.rating("request", "answer")));
  }

  @Override
  public boolean scoresPrefixes() {
    return true;
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    if (prompt.prompt().isEmpty()) {
      return Collections.nCopies(
          prompt.draws().size(), new Score.Missing("the prompt is not recorded"));
    }
    String request = prompt.prompt().get().display();
    List<Prompt> questions =
        prompt.draws().stream()
            .map(Draw::text)
            .flatMap(Optional::stream)
            .map(text -> Prompt.user(question.rating(request, text)))
            .toList();
    Iterator<Verdict> verdicts =
        (questions.isEmpty() ? List.<Verdict>of() : judge.verdicts(questions, RATINGS)).iterator();
    return prompt.draws().stream()
        .map(draw -> draw.text().isPresent() ? rating(verdicts.next()) : EachReward.NO_TEXT)
        .toList();
  }

  private static Score rating(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Weighed weighed -> new Score.Value(expected(weighed));
      case Verdict.Said(int answer) -> new Score.Value(JudgedQuestion.LEAST + answer);
      case Verdict.Missing(String reason) -> new Score.Missing(reason);
    };
  }

  /// The mean of the ratings, each as likely as its weight.
  static double expected(Verdict.Weighed weighed) {
    double most = weighed.logWeights().get(weighed.likeliest());
    double sum = 0;
    double mass = 0;
    for (int i = 0; i < weighed.logWeights().size(); i++) {
      double weight = Math.exp(weighed.logWeights().get(i) - most);
      sum += weight * (JudgedQuestion.LEAST + i);
      mass += weight;
    }
    return sum / mass;
  }
}
