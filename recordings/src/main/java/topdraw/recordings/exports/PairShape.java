package topdraw.recordings.exports;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.reference.Seeds;

/// Preferences: `prompt`, `chosen`, `rejected`, a row a prompt, with both scores and their
/// difference `margin`. The chosen is the best of n; the rejected one scores less and says
/// something else.
///
/// @param reward the reward that selects
/// @param n how many draws are looked at; empty for all
/// @param rejected which of the draws below the best is rejected
/// @param seed decides the random ones; a prompt's own does not depend on the others
public record PairShape(String reward, OptionalInt n, Rejected rejected, long seed)
    implements ExportShape {

  /// Which draw is rejected, of those that score less than the best.
  public enum Rejected {
    /// The first of the worst.
    WORST,
    /// Any of them.
    RANDOM,
    /// The one in the middle of their order, the lower of two.
    MEDIAN;

    /// The word of the command line.
    ///
    /// @return the lower-case name
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// What a word names.
    ///
    /// @param word `worst`, `random` or `median`
    /// @return the choice
    /// @throws InputException if there is none of that name
    public static Rejected of(String word) {
      return Arrays.stream(values())
          .filter(choice -> choice.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new InputException(
                      Problem.UNKNOWN,
                      Parameter.REJECTED,
                      " is "
                          + Arrays.stream(values())
                              .map(Rejected::word)
                              .collect(Collectors.joining(", "))
                          + ", was "
                          + word));
    }
  }

  @Override
  public String rule() {
    return "chosen: the best "
        + ScoredDraw.of(n)
        + " by "
        + reward
        + "; rejected: the "
        + rejected.word()
        + " of those that score less";
  }

  @Override
  public Rows rows(PromptDraws prompt) {
    List<ScoredDraw> draws = ScoredDraw.of(prompt, reward, n);
    if (draws.isEmpty()) {
      return Rows.none(ScoredDraw.NONE);
    }
    ScoredDraw chosen = ScoredDraw.best(draws);
    List<ScoredDraw> below =
        draws.stream()
            .filter(d -> d.score() < chosen.score() && !d.text().equals(chosen.text()))
            .sorted(Comparator.comparingDouble(ScoredDraw::score))
            .toList();
    if (below.isEmpty()) {
      return Rows.none("prompts whose draws all score the same");
    }
    ScoredDraw worse = below.get(position(prompt, below.size()));
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("prompt", ScoredDraw.prompt(prompt));
    row.put("chosen", chosen.completion(prompt));
    row.put("rejected", worse.completion(prompt));
    row.put("score_chosen", chosen.score());
    row.put("score_rejected", worse.score());
    row.put("margin", chosen.score() - worse.score());
    return Rows.of(List.of(row));
  }

  private int position(PromptDraws prompt, int below) {
    return switch (rejected) {
      case WORST -> 0;
      case RANDOM -> Seeds.choices(seed, prompt.key(), 0).nextInt(below);
      case MEDIAN -> (below - 1) / 2;
    };
  }
}
