package topdraw.estimate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.theory.confidence.DrawnValue;
import topdraw.theory.pool.MajorityVote;

/// The votes of one prompt's draws, each for its answer.
///
/// @param vote the answers; a draw without one has no vote
/// @param seed what random subsets depend on, where all are too many: the prompt's key
record Votes(MajorityVote vote, long seed) {

  /// The votes of some draws.
  ///
  /// @param ranks the reward of each draw, 0 or 1; `-∞` where missing
  /// @return the votes; empty where no draw has an answer
  static Optional<Votes> of(PromptDraws prompt, double[] ranks) {
    Map<String, List<Integer>> byAnswer = new LinkedHashMap<>();
    int silent = 0;
    for (int i = 0; i < ranks.length; i++) {
      Draw draw = prompt.draws().get(i);
      if (draw.answer().isPresent()) {
        byAnswer.computeIfAbsent(draw.answer().get(), first -> new ArrayList<>()).add(i);
      } else {
        silent++;
      }
    }
    if (byAnswer.isEmpty()) {
      return Optional.empty();
    }
    var counts = new int[byAnswer.size()];
    var correctness = new double[counts.length];
    int next = 0;
    for (List<Integer> draws : byAnswer.values()) {
      counts[next] = draws.size();
      correctness[next++] =
          draws.stream().mapToDouble(i -> Math.max(0, ranks[i])).average().orElseThrow();
    }
    return Optional.of(new Votes(new MajorityVote(counts, correctness, silent), prompt.order()));
  }

  double at(int k) {
    return vote.at(k, seed).value();
  }

  /// The variance over draws, 0 where all are needed, and the value with one vote more for an
  /// answer not yet given.
  double[] spread(int k) {
    if (k == vote.draws()) {
      return new double[] {0, vote.drawn(k - 1).withOneMore()};
    }
    DrawnValue drawn = vote.drawn(k);
    return new double[] {drawn.variance(), drawn.withOneMore()};
  }
}
