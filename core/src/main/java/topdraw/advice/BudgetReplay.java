package topdraw.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A budget of draws spent over prompts where they are expected to help most, replayed on recorded
/// draws in their order: what [AdviceQuestion] tells of two stages, prompt by prompt.
public final class BudgetReplay {
  private static final int FEWEST = 4;

  private BudgetReplay() {}

  /// What became of a prompt.
  ///
  /// @param draws how many were made, from the first recorded on
  /// @param best the best reward among them
  public record Spent(int draws, double best) {}

  /// Some draws for each prompt, then one at a time where one more is expected to add most. What is
  /// expected at every other prompt is learned from the rest.
  ///
  /// @param rewards of each prompt the finite rewards of its draws, in the order drawn
  /// @param budget mean draws a prompt, at least 1
  /// @return what became of each prompt, in their order
  /// @throws IllegalArgumentException if there are fewer than four prompts, or the budget is below
  ///   1
  public static List<Spent> inTwoStages(List<double[]> rewards, double budget) {
    if (rewards.size() < FEWEST || !(budget >= 1)) {
      throw new IllegalArgumentException(
          "a budget of at least 1 is spent over at least four prompts, was %s over %d"
              .formatted(budget, rewards.size()));
    }
    List<Scored> prompts = rewards.stream().map(one -> new Scored(one, new double[0])).toList();
    boolean passFail = prompts.stream().allMatch(Scored::binary);
    List<Replay> first = replayed(prompts, 0, passFail, budget);
    List<Replay> second = replayed(prompts, 1, passFail, budget);
    List<Spent> spent = new ArrayList<>();
    for (int j = 0; j < prompts.size(); j++) {
      Replay replay = (j % 2 == 0 ? first : second).get(j / 2);
      spent.add(new Spent(replay.made(), replay.best()));
    }
    return spent;
  }

  private static List<Replay> replayed(
      List<Scored> prompts, int which, boolean passFail, double budget) {
    return new Spending(half(prompts, 1 - which), passFail)
        .inTwoStages(half(prompts, which), budget);
  }

  private static List<Scored> half(List<Scored> prompts, int which) {
    return IntStream.range(0, prompts.size())
        .filter(j -> j % 2 == which)
        .mapToObj(prompts::get)
        .toList();
  }
}
