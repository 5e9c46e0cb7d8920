package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.words.DrawWords;

/// The first draws of a recording as they will be counted, and how many there are: what is shown
/// while prompts pass by.
public final class FirstDraws {
  private static final int SHOWN = 3;
  private static final int LONGEST = 100;

  private final List<String> lines = new ArrayList<>();
  private long prompts;
  private long draws;
  private int shown;

  /// None yet.
  public FirstDraws() {}

  /// Takes a prompt.
  ///
  /// @param prompt the prompt and its draws
  public void add(PromptDraws prompt) {
    prompts++;
    draws += prompt.draws().size();
    for (Draw draw : prompt.draws()) {
      if (shown == SHOWN) {
        return;
      }
      shown++;
      lines.add(
          "draw " + draw.index() + " of prompt " + cut(prompt.key()) + " (" + draw.place() + ")");
      lines.add("  asked   " + cut(prompt.display()));
      lines.add("  said    " + draw.text().map(FirstDraws::cut).orElse("(not recorded)"));
      lines.add("  scores  " + DrawWords.scores(draw));
      lines.add("  " + DrawWords.facts(draw));
    }
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  /// The first draws.
  ///
  /// @return some lines a draw
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /// How many prompts passed by.
  ///
  /// @return 0 or more
  public long prompts() {
    return prompts;
  }

  /// How many draws they have.
  ///
  /// @return 0 or more
  public long draws() {
    return draws;
  }
}
