package topdraw.words;

import java.util.ArrayList;
import java.util.List;
import topdraw.draw.Draw;
import topdraw.draw.Score;

/// What is known of a draw.
public final class DrawWords {
  private DrawWords() {}

  /// A score.
  ///
  /// @param score the score
  /// @return the number, or that it is missing and why
  public static String score(Score score) {
    return switch (score) {
      case Score.Value(double value) -> Double.toString(value);
      case Score.Missing(String reason) -> "missing (" + reason + ")";
    };
  }

  /// All scores of a draw.
  ///
  /// @param draw the draw
  /// @return `politeness 0.5, length -12.0`, or `none`
  public static String scores(Draw draw) {
    List<String> scores =
        draw.scores().names().stream()
            .map(name -> name + " " + score(draw.scores().of(name)))
            .toList();
    return scores.isEmpty() ? "none" : String.join(", ", scores);
  }

  /// Its length, log-probability, end and policy.
  ///
  /// @param draw the draw
  /// @return what is recorded, and that the first two are not where they are not
  public static String facts(Draw draw) {
    List<String> facts = new ArrayList<>();
    facts.add(
        draw.length().isPresent()
            ? draw.length().getAsDouble() + " tokens"
            : "length not recorded");
    facts.add(
        draw.logProbability().recorded().isPresent()
            ? "log p " + draw.logProbability().recorded().getAsDouble()
            : "no log-probability");
    draw.finish().word().ifPresent(word -> facts.add("ended: " + word));
    draw.origin().policy().ifPresent(policy -> facts.add("policy: " + policy));
    return String.join("; ", facts);
  }
}
