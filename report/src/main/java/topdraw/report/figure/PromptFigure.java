package topdraw.report.figure;

import java.util.List;

/// One figure: small multiples, a panel a prompt.
///
/// @param title its name, such as `Figure 4: reward log-likelihood`
/// @param caption what is drawn and what to look for
/// @param panels the panels in reading order, at least one
public record PromptFigure(String title, String caption, List<PromptPanel> panels) {
  /// Copies the panels.
  ///
  /// @throws IllegalArgumentException if there is none
  public PromptFigure {
    panels = List.copyOf(panels);
    if (panels.isEmpty()) {
      throw new IllegalArgumentException(
          "the figure '" + title + "' has no panel; give one a prompt");
    }
  }
}
