package topdraw.recordings.run;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;

/// What a run holds of one prompt.
///
/// @param key the prompt's key in the run
/// @param label the name its line in the prompt file gave it
/// @param prompt what was asked
/// @param n completions of a batch
/// @param batches how many batches are recorded
/// @param draws the completions recorded, in index order, each with a score per reward of
///   [RunReader#rewards]; none when the prompt was refused
/// @param absent the completions that could not be drawn, in index order; with the draws, `n` times
///   the batches
public record RecordedPrompt(
    String key,
    Optional<String> label,
    Prompt prompt,
    int n,
    int batches,
    List<Draw> draws,
    List<Absent> absent) {
  /// Copies the lists.
  public RecordedPrompt {
    draws = List.copyOf(draws);
    absent = List.copyOf(absent);
  }

  /// A completion that could not be drawn.
  ///
  /// @param index which one
  /// @param reason why
  /// @param again whether the command that made the run draws it when it is called again
  public record Absent(int index, String reason, boolean again) {
    /// Why a line of the samples holds no completion.
    static Absent of(JsonNode line) {
      return new Absent(
          line.path("i").asInt(),
          line.path("error").asString("no reason was recorded"),
          line.path("failed").asBoolean(false));
    }
  }

  /// The draws of one selection.
  ///
  /// @param batch which, from 0
  /// @return its `n` draws; empty where one of them is absent
  public Optional<List<Draw>> batch(int batch) {
    int first = Math.multiplyExact(batch, n);
    List<Draw> found =
        draws.stream().filter(d -> d.index() >= first && d.index() < first + n).toList();
    return found.size() == n ? Optional.of(found) : Optional.empty();
  }

  /// The draws with their prompt.
  ///
  /// @return the draws; empty where there is none
  public Optional<PromptDraws> recorded() {
    return draws.isEmpty()
        ? Optional.empty()
        : Optional.of(new PromptDraws(key, Optional.of(prompt), draws));
  }
}
