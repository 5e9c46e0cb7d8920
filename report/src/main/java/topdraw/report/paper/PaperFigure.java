package topdraw.report.paper;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import topdraw.draw.PromptDraws;
import topdraw.report.figure.Figure;

/// The paper's figures by their numbers, and those of its appendix C.3.
public enum PaperFigure {
  /// A coin.
  FIGURE_1("1"),
  /// A uniform policy.
  FIGURE_2("2"),
  /// A rare best outcome.
  FIGURE_3("3"),
  /// A model, reward log-likelihood.
  FIGURE_4("4"),
  /// A model, reward negative length.
  FIGURE_5("5"),
  /// Win rate against drift, of a coin.
  FIGURE_6("6"),
  /// Win rate against drift, of random policies.
  FIGURE_7("7"),
  /// Win rate against drift, of three outcomes.
  FIGURE_8("8"),
  /// Win rate against drift, of a continuum.
  FIGURE_9("9"),
  /// A model that translates, by both rewards.
  TRANSLATIONS("mt");

  /// Completions of a model, for the figures that show them.
  public interface Completions {
    /// Of the prompts of Figures 4 and 5.
    ///
    /// @return each prompt with its draws
    /// @throws IOException if they cannot be read or recorded
    List<PromptDraws> alpaca() throws IOException;

    /// Of the translations.
    ///
    /// @return each prompt with its draws
    /// @throws IOException if they cannot be read or recorded
    List<PromptDraws> translations() throws IOException;
  }

  private final String word;

  PaperFigure(String word) {
    this.word = word;
  }

  /// What it is called.
  ///
  /// @return a number, or `mt`
  public String word() {
    return word;
  }

  /// The figure of a word.
  ///
  /// @param word a word of [#word], in any case
  /// @return the figure; empty if there is none
  public static Optional<PaperFigure> named(String word) {
    return Arrays.stream(values())
        .filter(figure -> figure.word.equals(word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /// Draws it.
  ///
  /// @param completions asked only by the figures of a model
  /// @return one figure; two of translations, one a reward
  /// @throws IOException if the completions cannot be read or recorded
  public List<Figure> figures(Completions completions) throws IOException {
    return switch (this) {
      case FIGURE_1 -> List.of(TheoryFigures.coin());
      case FIGURE_2 -> List.of(TheoryFigures.uniform());
      case FIGURE_3 -> List.of(TheoryFigures.rare());
      case FIGURE_4 ->
          List.of(
              ModelFigures.logLikelihood(
                  "figure-4",
                  "Figure 4. KL divergence, reward log-likelihood",
                  completions.alpaca()));
      case FIGURE_5 ->
          List.of(
              ModelFigures.negativeLength(
                  "figure-5",
                  "Figure 5. KL divergence, reward negative length",
                  completions.alpaca()));
      case FIGURE_6 -> List.of(TradeoffFigures.coin());
      case FIGURE_7 -> List.of(TradeoffFigures.simplex());
      case FIGURE_8 -> List.of(TradeoffFigures.three());
      case FIGURE_9 -> List.of(TradeoffFigures.continuum());
      case TRANSLATIONS -> translated(completions.translations());
    };
  }

  private static List<Figure> translated(List<PromptDraws> translations) {
    return List.of(
        ModelFigures.logLikelihood(
            "figure-mt-log-likelihood",
            "Figure C.3. KL divergence on translations, reward log-likelihood",
            translations),
        ModelFigures.negativeLength(
            "figure-mt-negative-length",
            "Figure C.3. KL divergence on translations, reward negative length",
            translations));
  }
}
