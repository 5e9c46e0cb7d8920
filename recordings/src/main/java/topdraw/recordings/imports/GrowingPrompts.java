package topdraw.recordings.imports;

import java.util.LinkedHashMap;
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

  /// @param first what tells the prompt of its first turn from others
  /// @param last what its latest turn was asked
  private record Rollout(Asked first, Prompt last) {}

  /// What tells the prompt of a row's rollout from others, where the row is a later turn of one.
  Optional<Asked> underFirst(RowReader.Row row) {
    String rollout = row.draws().isEmpty() ? null : row.draws().getFirst().rollout();
    if (rollout == null || row.prompt().isEmpty()) {
      return Optional.empty();
    }
    Prompt asked = row.prompt().get();
    @Nullable Rollout known = open.get(rollout);
    boolean goesOn = known != null && continues(known.last(), asked);
    Asked first = goesOn && known != null ? known.first() : Asked.of(row);
    open.put(rollout, new Rollout(first, asked));
    return goesOn ? Optional.of(first) : Optional.empty();
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
