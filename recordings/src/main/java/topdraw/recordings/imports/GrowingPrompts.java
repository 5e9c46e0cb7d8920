package topdraw.recordings.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Prompt;

/// Turns of a rollout of which each repeats what was asked and said before: what was asked of the
/// rollout is what its first turn was asked.
final class GrowingPrompts {
  /// Rollouts that may be under way at once; of older ones later turns are prompts of their own.
  private static final int OPEN = 10_000;

  private final Map<String, Rollout> open =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rollout> eldest) {
          return size() > OPEN;
        }
      };

  /// @param first its first turn
  /// @param last what its latest turn was asked
  private record Rollout(RowReader.Row first, Prompt last) {}

  /// The row under the prompt of its rollout's first turn.
  RowReader.Row underFirst(RowReader.Row row) {
    String rollout = row.draws().isEmpty() ? null : row.draws().getFirst().rollout();
    if (rollout == null || row.prompt().isEmpty()) {
      return row;
    }
    Prompt asked = row.prompt().get();
    @Nullable Rollout known = open.get(rollout);
    boolean goesOn = known != null && continues(known.last(), asked);
    RowReader.Row first = goesOn && known != null ? known.first() : row;
    open.put(rollout, new Rollout(withoutDraws(first), asked));
    return new RowReader.Row(
        first.key(), first.prompt(), first.beside(), row.draws(), row.unreadable());
  }

  private static RowReader.Row withoutDraws(RowReader.Row row) {
    return new RowReader.Row(row.key(), row.prompt(), row.beside(), List.of(), Optional.empty());
  }

  private static boolean continues(Prompt before, Prompt asked) {
    if (before instanceof Prompt.Chat(var earlier) && asked instanceof Prompt.Chat(var later)) {
      return later.size() > earlier.size() && later.subList(0, earlier.size()).equals(earlier);
    }
    return before instanceof Prompt.Text(String earlier)
        && asked instanceof Prompt.Text(String later)
        && later.length() > earlier.length()
        && later.startsWith(earlier);
  }
}
