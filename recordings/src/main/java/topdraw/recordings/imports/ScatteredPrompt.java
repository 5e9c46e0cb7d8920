package topdraw.recordings.imports;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import topdraw.draw.PromptDraws;

/// Collects the draws of one prompt that [ScatteredRows] read in many places, in their order.
public final class ScatteredPrompt {
  private final List<String> marks;
  private final Set<String> policies;
  private final PartsBuilder parts = new PartsBuilder();

  /// No draw yet.
  ///
  /// @param marks the columns whose values draws carry
  /// @param policies those of them that tell policies apart
  public ScatteredPrompt(List<String> marks, Set<String> policies) {
    this.marks = List.copyOf(marks);
    this.policies = Set.copyOf(policies);
  }

  /// Adds a draw.
  ///
  /// @param sample its bytes, of [ScatteredRows.Sample]
  /// @param marked its marks; null where it has none
  public void add(byte[] sample, @Nullable String marked) {
    parts.add(StoredRow.part(sample, marked, marks, policies, parts.size()));
  }

  /// How good one draw is, where no more of it is asked.
  ///
  /// @param sample its bytes, of [ScatteredRows.Sample]
  /// @param reward the reward's name
  /// @return its score; `-∞` where it has none
  public static double rank(byte[] sample, String reward) {
    return StoredRow.part(sample, null, List.of(), Set.of(), 0).draw().scores().rank(reward);
  }

  /// How many draws there are.
  ///
  /// @return 0 or more
  public int size() {
    return parts.size();
  }

  /// The prompt and its draws, after which none is added.
  ///
  /// @param key what tells it from others
  /// @param prompt what was asked, of [ScatteredRows.Read.Samples]
  /// @return the draws
  /// @throws topdraw.input.InputException if they need more memory than there is
  public PromptDraws build(String key, String prompt) {
    return new PromptDraws(key, StoredRow.prompt(prompt), parts.build(key));
  }
}
