package topdraw.recordings;

import java.util.List;
import java.util.Optional;
import topdraw.reference.Prompt;
import topdraw.selection.Candidate;

/// What a run holds of one prompt.
///
/// @param key the prompt's key in the run
/// @param label the name its line in the prompt file gave it
/// @param prompt what was asked
/// @param n completions of a batch
/// @param candidates the completions recorded, in index order, each with a score per reward of
///   [RunReader#rewards]; a multiple of `n`, none when the prompt was refused
/// @param refusal why nothing was drawn
public record RecordedPrompt(
    String key,
    Optional<String> label,
    Prompt prompt,
    int n,
    List<Candidate> candidates,
    Optional<String> refusal) {
  /// Copies the candidates.
  public RecordedPrompt {
    candidates = List.copyOf(candidates);
  }

  /// How many batches are recorded.
  ///
  /// @return 0 when the prompt was refused
  public int batches() {
    return candidates.size() / n;
  }

  /// The candidates of one selection.
  ///
  /// @param batch which, from 0
  /// @return its `n` candidates
  public List<Candidate> batch(int batch) {
    return candidates.subList(batch * n, (batch + 1) * n);
  }
}
