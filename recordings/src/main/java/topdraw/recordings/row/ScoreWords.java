package topdraw.recordings.row;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// Scores as people write them: numbers, true and false, words of a verdict, `8/10`, `85 %`, and
/// decimal commas where the file has them.
///
/// @param own words that a person or a layout gives a number, before all others
/// @param decimalCommas whether `0,5` is a half
public record ScoreWords(Map<String, Double> own, boolean decimalCommas) {
  /// No words but the usual ones.
  public static final ScoreWords USUAL = new ScoreWords(Map.of(), false);

  private static final Map<String, Double> WORDS = new LinkedHashMap<>();
  private static final Pattern COMMA = Pattern.compile("[+-]?\\d+,\\d+([eE][+-]?\\d+)?");
  private static final Pattern PARTS = Pattern.compile("([+-]?[\\d.]+) ?/ ?(\\d+(?:\\.\\d+)?)");
  private static final Pattern PERCENT = Pattern.compile("([+-]?[\\d.]+) ?%");

  static {
    for (String word :
        List.of(
            "true",
            "t",
            "yes",
            "y",
            "pass",
            "passed",
            "correct",
            "c",
            "right",
            "success",
            "wahr",
            "vrai",
            "verdadero",
            "vero")) {
      WORDS.put(word, 1.0);
    }
    for (String word :
        List.of(
            "false",
            "f",
            "no",
            "n",
            "fail",
            "failed",
            "incorrect",
            "i",
            "wrong",
            "failure",
            "falsch",
            "faux",
            "falso")) {
      WORDS.put(word, 0.0);
    }
  }

  /// Copies the words.
  public ScoreWords {
    own = Map.copyOf(own);
  }

  /// These words and others, which come first.
  ///
  /// @param others words and their numbers
  /// @return both
  public ScoreWords and(Map<String, Double> others) {
    Map<String, Double> all = new LinkedHashMap<>(own);
    all.putAll(others);
    return new ScoreWords(all, decimalCommas);
  }

  /// Whether a text is a number with a decimal comma, and none with thousands set apart.
  ///
  /// @param text the text
  /// @return true for `0,5` and `12,75`, false for `1,000`
  public static boolean decimalComma(String text) {
    return COMMA.matcher(text).matches() && !text.matches("[+-]?[1-9]\\d{0,2},\\d{3}");
  }

  /// A score, or none.
  ///
  /// @param value what stands there
  /// @param name what it is called
  /// @return a number, `-∞` included; empty where there is none
  /// @throws InputException if it is something else
  public OptionalDouble read(@Nullable JsonNode value, String name) {
    if (value != null && value.isString()) {
      return text(value.stringValue().strip(), name);
    }
    return whole(Numbers.any(value, name), name);
  }

  private OptionalDouble text(String text, String name) {
    Double said = own.get(text);
    if (said == null) {
      said = WORDS.get(text.toLowerCase(Locale.ROOT));
    }
    if (said != null) {
      return OptionalDouble.of(said);
    }
    if (decimalCommas && COMMA.matcher(text).matches()) {
      return OptionalDouble.of(Double.parseDouble(text.replace(',', '.')));
    }
    Matcher parts = PARTS.matcher(text);
    if (parts.matches()) {
      return number(parts.group(1), Double.parseDouble(parts.group(2)), name);
    }
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      return number(percent.group(1), 100, name);
    }
    return whole(Numbers.any(Json.mapper().getNodeFactory().stringNode(text), name), name);
  }

  private static OptionalDouble number(String text, double of, String name) {
    try {
      double quotient = Double.parseDouble(text) / of;
      if (Double.isFinite(quotient)) {
        return OptionalDouble.of(quotient);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new InputException(
        Problem.MALFORMED, "'" + name + "' is not a number but '" + text + "/" + of + "'");
  }

  private static OptionalDouble whole(OptionalDouble number, String name) {
    if (number.isEmpty() || Double.isNaN(number.getAsDouble())) {
      return OptionalDouble.empty();
    }
    if (number.getAsDouble() == Double.POSITIVE_INFINITY) {
      throw new InfiniteScore(
          "'" + name + "' is +Infinity, above every score: which answer is best, nobody can say");
    }
    return number;
  }

  /// A score above all scores: never left out, never ranked.
  public static final class InfiniteScore extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /// A score above all.
    ///
    /// @param message what it is
    public InfiniteScore(String message) {
      super(message);
    }
  }
}
