package topdraw.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import topdraw.draw.PromptDraws;

/// What a second reward expects of the best of n by a first one, prompt by prompt, for every n of a
/// grid: the mean over all subsets of n draws, and over the draws that are best in one alike.
///
/// @param selects the reward that selects
/// @param gold the reward that counts
/// @param grid the values of n; empty for the default: 1, 2, 3, 4, 6, 8, 12, …
public record SelectedGold(String selects, String gold, List<Integer> grid) {
  /// Sorts the grid and checks it.
  ///
  /// @throws topdraw.input.InputException if an n is below 1
  public SelectedGold {
    grid = AnalysisQuestion.sorted(grid);
  }

  /// What one prompt says.
  ///
  /// @param draws how many draws it has
  /// @param values a number for each n of [#upTo] its draws
  /// @param rates whether gold is 0 or 1 in every draw
  public record Expected(int draws, double[] values, boolean rates) {}

  /// The values of n that a prompt of so many draws has a number for.
  ///
  /// @param draws how many draws
  /// @return in rising order
  public int[] upTo(int draws) {
    return new MeasureGrid(List.of(), grid).upTo(draws);
  }

  /// The numbers of one prompt.
  ///
  /// @param prompt its draws
  /// @return the numbers; empty where a draw has no finite gold, or none has a score that selects
  public Optional<Expected> of(PromptDraws prompt) {
    var view = new PromptView(prompt, Long.MAX_VALUE);
    RankedDraws draws = view.ranked(selects);
    boolean counted =
        view.scores(gold)
            .filter(each -> Arrays.stream(each).allMatch(Double::isFinite))
            .isPresent();
    if (!draws.scored() || !counted) {
      return Optional.empty();
    }
    Optional<RankedDraws.Values> counts = draws.scores(gold);
    int[] ns = upTo(draws.size());
    var values = new double[ns.length];
    for (int i = 0; i < ns.length; i++) {
      values[i] = draws.at(ns[i], ns).mean(Protocol.SUBSETS, counts);
    }
    return Optional.of(new Expected(draws.size(), values, view.ranked(gold).binary()));
  }
}
