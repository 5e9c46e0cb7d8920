package topdraw.recordings.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.recordings.Recording;

/// What a recording would have returned for one prompt: the winner of each of its batches.
///
/// @param key the prompt's key
/// @param prompt what was asked, in words
/// @param n draws of a batch
/// @param batches the batches in order
record Winners(String key, String prompt, int n, List<Winner> batches) {

  /// The winner of a batch, judged by the reward of the comparison.
  ///
  /// @param score empty where it has none, it is -infinity, or the batch lacks a draw
  /// @param length in tokens, where it is known
  record Winner(OptionalDouble score, OptionalDouble length) {
    static final Winner NONE = new Winner(OptionalDouble.empty(), OptionalDouble.empty());
  }

  /// Reads the winners of every prompt; the recording's first reward chooses them.
  ///
  /// @param judge the reward that judges them
  static void of(Recording recording, String judge, Consumer<Winners> prompts) throws IOException {
    String selects = recording.rewards().getFirst();
    OptionalInt n = recording.n();
    recording.forEachWithoutTexts(
        prompt -> prompts.accept(of(prompt, n.orElse(prompt.draws().size()), selects, judge)));
  }

  /// A batch lacks a draw where that failed: what best-of-n would have returned is not known.
  private static Winners of(PromptDraws prompt, int n, String selects, String judge) {
    TreeMap<Integer, List<Draw>> batches = new TreeMap<>();
    for (Draw draw : prompt.draws()) {
      batches.computeIfAbsent(draw.index() / n, batch -> new ArrayList<>()).add(draw);
    }
    List<Winner> winners = new ArrayList<>();
    for (int b = 0; b <= batches.lastKey(); b++) {
      List<Draw> batch = batches.getOrDefault(b, List.of());
      winners.add(batch.size() == n ? winner(batch, selects, judge) : Winner.NONE);
    }
    return new Winners(prompt.key(), prompt.display(), n, winners);
  }

  private static Winner winner(List<Draw> batch, String selects, String judge) {
    Draw best = batch.getFirst();
    for (Draw draw : batch) {
      best = draw.scores().rank(selects) > best.scores().rank(selects) ? draw : best;
    }
    return best.scores().of(judge) instanceof Score.Value(double value) && Double.isFinite(value)
        ? new Winner(OptionalDouble.of(value), best.length())
        : Winner.NONE;
  }
}
