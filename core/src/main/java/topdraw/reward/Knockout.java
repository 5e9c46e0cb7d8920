package topdraw.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.reference.Judge;
import topdraw.reference.Verdict;

/// A knockout among the draws of a round, two by two in the order drawn, by a language model that
/// says which of two is better. Each match is asked in both orders; unless both name the same one
/// it is a tie, and the one drawn earlier goes on. A draw's score is how many rounds it came
/// through.
///
/// A judge that is always right makes this best-of-n, ties to the first drawn; with any other it
/// has a law of its own ([topdraw.theory.law.KnockoutLaw]). Where a match has no verdict the one
/// drawn later is missing. An odd one out goes on without a match.
public final class Knockout implements Reward {
  private static final List<String> ANSWERS = List.of("A", "B", "C");
  private static final int A = 0;
  private static final int B = 1;

  private final String name;
  private final Judge judge;
  private final JudgedQuestion question;

  /// A knockout.
  ///
  /// @param name the reward's name, one that [Comparing] knows
  /// @param judge the model; stays another's to close
  /// @param question how it is asked
  public Knockout(String name, Judge judge, JudgedQuestion question) {
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
        name,
        "1",
        Map.of("model", judge.model(), "layout", question.comparison("request", "a", "b")));
  }

  @Override
  public boolean comparesDraws() {
    return true;
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    Score[] scores = new Score[prompt.draws().size()];
    if (prompt.prompt().isEmpty()) {
      Arrays.fill(scores, new Score.Missing("the prompt is not recorded"));
      return Arrays.asList(scores);
    }
    Arrays.fill(scores, EachReward.NO_TEXT);
    List<Entrant> in = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      Optional<String> text = prompt.draws().get(i).text();
      if (text.isPresent()) {
        in.add(new Entrant(i, text.get()));
      }
    }
    String request = prompt.prompt().get().display();
    int round = 0;
    for (; in.size() > 1; round++) {
      in = round(request, in, round, scores);
    }
    if (!in.isEmpty()) {
      scores[in.getFirst().draw()] = new Score.Value(round);
    }
    return List.of(scores);
  }

  /// A draw that is still in.
  private record Entrant(int draw, String text) {}

  /// Plays a round and scores who is out.
  ///
  /// @return who goes on
  private List<Entrant> round(String request, List<Entrant> in, int round, Score[] scores) {
    List<Prompt> questions = new ArrayList<>();
    for (int i = 0; i + 1 < in.size(); i += 2) {
      String first = in.get(i).text();
      String second = in.get(i + 1).text();
      if (!first.equals(second)) {
        questions.add(Prompt.user(question.comparison(request, first, second)));
        questions.add(Prompt.user(question.comparison(request, second, first)));
      }
    }
    var verdicts =
        (questions.isEmpty() ? List.<Verdict>of() : judge.verdicts(questions, ANSWERS)).iterator();
    List<Entrant> on = new ArrayList<>();
    for (int i = 0; i < in.size(); i += 2) {
      Entrant earlier = in.get(i);
      if (i + 1 == in.size()) {
        on.add(earlier);
        continue;
      }
      Entrant later = in.get(i + 1);
      Result result =
          earlier.text().equals(later.text())
              ? new Result(false, Optional.empty())
              : Result.of(verdicts.next(), verdicts.next());
      on.add(result.laterWins() ? later : earlier);
      Entrant out = result.laterWins() ? earlier : later;
      int rounds = round;
      scores[out.draw()] =
          result
              .unread()
              .<Score>map(
                  reason ->
                      new Score.Missing(
                          "no verdict against completion " + (earlier.draw() + 1) + ": " + reason))
              .orElseGet(() -> new Score.Value(rounds));
    }
    return on;
  }

  /// How a match ended.
  ///
  /// @param laterWins whether the one drawn later is better in both orders
  /// @param unread why there is no verdict, where there is none
  private record Result(boolean laterWins, Optional<String> unread) {
    static Result of(Verdict straight, Verdict swapped) {
      if (straight instanceof Verdict.Missing(String reason)) {
        return new Result(false, Optional.of(reason));
      }
      if (swapped instanceof Verdict.Missing(String reason)) {
        return new Result(false, Optional.of(reason));
      }
      return new Result(answer(straight) == B && answer(swapped) == A, Optional.empty());
    }

    private static int answer(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Weighed weighed -> weighed.likeliest();
        case Verdict.Said(int said) -> said;
        case Verdict.Missing missing -> throw new IllegalStateException(missing.reason());
      };
    }
  }
}
