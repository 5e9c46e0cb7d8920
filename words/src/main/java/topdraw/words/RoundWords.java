package topdraw.words;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.Score;
import topdraw.estimate.RoundPasses;
import topdraw.selection.RejectionRound;
import topdraw.selection.Round;

/// What came of one round: how many draws passed, or where the answer's score stands among theirs.
public final class RoundWords {
  private RoundWords() {}

  /// The answer among the draws.
  ///
  /// @param round what was drawn and chosen
  /// @return such as `best of 16: 5 of 16 passed regex:Paris; the answer is completion 2, the first
  ///   that did`
  public static String of(Round round) {
    String reward = Visible.of(round.rewards().getFirst());
    String how = SelectionWords.of(round) + ": ";
    if (round.nothingScored()) {
      return how + "no completion has a score by " + reward + ", so none can be called the best";
    }
    return how
        + RoundPasses.of(round)
            .map(passes -> passes(passes, round, reward))
            .orElseGet(() -> place(round, reward));
  }

  private static String passes(RoundPasses passes, Round round, String reward) {
    String all =
        "%s of %d passed %s"
            .formatted(passes.passed() == 0 ? "none" : passes.passed(), passes.looked(), reward);
    int number = round.winner().index() + 1;
    if (round.winner().score().rank() != 1) {
      return all + "; the answer is completion " + number + ", which fails";
    }
    return all
        + "; the answer is completion "
        + number
        + (passes.passed() == 1
            ? ", the one that did"
            : firstBest(round) ? ", the first that did" : ", one of them");
  }

  private static boolean firstBest(Round round) {
    double rank = round.winner().score().rank();
    return round.draws().stream().filter(draw -> draw.score().rank() >= rank).findFirst().stream()
        .anyMatch(draw -> draw.index() == round.winner().index());
  }

  private static String place(Round round, String reward) {
    if (!(round.winner().score() instanceof Score.Value(double score))) {
      return "the answer is completion "
          + (round.winner().index() + 1)
          + ", which has no score by "
          + reward;
    }
    List<Draw> looked = round.draws().subList(0, round.considered());
    long above = looked.stream().filter(draw -> draw.score().rank() > score).count();
    long equal = looked.stream().filter(draw -> draw.score().rank() == score).count();
    Optional<Double> next =
        looked.stream()
            .map(draw -> draw.score().rank())
            .filter(rank -> rank < score)
            .filter(rank -> rank > Double.NEGATIVE_INFINITY)
            .max(Double::compare);
    return "the answer is completion %d, %s %s, %s of %s%s%s"
        .formatted(
            round.winner().index() + 1,
            reward,
            Digits.near(score),
            above == 0 ? "the highest" : "place " + (above + 1),
            Counted.of(scored(round), "score"),
            equal > 1 ? ", shared by " + equal : "",
            next.map(rank -> "; the next is " + Digits.near(rank)).orElse(""));
  }

  private static long scored(Round round) {
    return round.draws().subList(0, round.considered()).stream()
        .filter(draw -> draw.score() instanceof Score.Value)
        .count();
  }

  /// The answer among completions of which some were given up.
  ///
  /// @param round what was drawn and chosen
  /// @return such as `best of 16, of which at 8 tokens the best 0.25 went on: the answer is
  ///   completion 3 of 16, 4 of which went on to the end, reward log-likelihood = -7.1`
  public static String of(RejectionRound round) {
    String reward = Visible.of(round.rewards().getFirst());
    String how = SelectionWords.of(round) + ": ";
    if (round.nothingScored()) {
      return how
          + "no completion that went on to the end has a score by "
          + reward
          + ", so none can be called the best";
    }
    return "%sthe answer is completion %d of %d, %s of which went on to the end, reward %s = %s"
        .formatted(
            how,
            round.winner().index() + 1,
            round.n(),
            round.left().size() == round.n() ? "all" : round.left().size(),
            reward,
            DrawWords.score(round.winner().score()));
  }

  /// That the answer is no good, where that is known.
  ///
  /// @param round what was drawn and chosen
  /// @return a warning; empty where the answer passed, or where nobody can tell
  public static Optional<String> warning(Round round) {
    return RoundPasses.of(round)
        .filter(passes -> passes.passed() == 0)
        .map(
            passes ->
                "WARNING: the answer fails. Not one of %s passed, and the first drawn was returned"
                    .formatted(Counted.of(passes.looked(), "completion")));
  }
}
