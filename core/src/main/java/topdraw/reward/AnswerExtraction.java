package topdraw.reward;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// How the answer is taken out of a completion's text, so that completions that say the same in
/// other words are counted together.
///
/// | written | the answer |
/// |---|---|
/// | `text` | the whole text, without the white space around it |
/// | `numeric` | the last number, as a decimal: `42`, `42.0` and `4.2e1` are one answer |
/// | `regex:PATTERN` | what the last match of the RE2 pattern holds: its first group where it has one |
/// | `json:PATH` | where all of the text is JSON (one fence around it is allowed), the value at a path such as `answer.value`, or at a JSON pointer such as `/answer/0` |
public final class AnswerExtraction {
  /// The forms, as help lists them.
  public static final String FORMS = "text, numeric, regex:PATTERN or json:PATH";

  private final String spec;
  private final Function<String, Optional<String>> rule;

  private AnswerExtraction(String spec, Function<String, Optional<String>> rule) {
    this.spec = spec;
    this.rule = rule;
  }

  /// Reads what was asked for.
  ///
  /// @param spec one of [#FORMS]
  /// @return the extraction
  /// @throws InputException if it is none of these, or its pattern or path is broken
  public static AnswerExtraction of(String spec) {
    return new AnswerExtraction(spec, rule(spec));
  }

  private static Function<String, Optional<String>> rule(String spec) {
    int colon = spec.indexOf(':');
    String argument = spec.substring(colon + 1);
    String kind = colon < 0 || argument.isEmpty() ? spec : spec.substring(0, colon) + ":";
    return switch (kind) {
      case "text" -> Optional::of;
      case "numeric" -> text -> WrittenNumber.last(text).map(AnswerExtraction::word);
      case "regex:" -> lastMatch(argument);
      case "json:" -> value(argument);
      default ->
          throw new InputException(
              Problem.UNKNOWN,
              "an answer is taken out of a text by " + FORMS + ", not by \"" + spec + "\"");
    };
  }

  private static Function<String, Optional<String>> lastMatch(String pattern) {
    Pattern compiled;
    try {
      compiled = LinearPattern.of(pattern).pattern();
    } catch (InputException e) {
      throw InputException.at("regex", e);
    }
    return text -> {
      Matcher matcher = compiled.matcher(text);
      @Nullable String last = null;
      while (matcher.find()) {
        last = matcher.group(Math.min(1, matcher.groupCount()));
      }
      return Optional.ofNullable(last);
    };
  }

  private static Function<String, Optional<String>> value(String path) {
    String pointer =
        path.startsWith("/")
            ? path
            : "/" + path.replace("~", "~0").replace("/", "~1").replace('.', '/');
    JsonPointer place;
    try {
      place = JsonPointer.compile(pointer);
    } catch (IllegalArgumentException e) {
      throw new InputException(Problem.MALFORMED, "json:" + path + ": " + e.getMessage()).by(e);
    }
    return text ->
        FencedJson.document(text)
            .map(document -> document.at(place))
            .filter(found -> !found.isMissingNode() && !found.isNull())
            .map(AnswerExtraction::word);
  }

  private static String word(JsonNode value) {
    return value.isNumber()
        ? word(value.decimalValue())
        : value.isString() ? value.asString() : Json.canonical(value);
  }

  /// Numbers are equal as decimals.
  private static String word(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
  }

  /// What it was asked for by.
  ///
  /// @return the words that [#of] read
  public String spec() {
    return spec;
  }

  /// Takes the answer out of a text.
  ///
  /// @param text a completion's text
  /// @return the answer, without white space around it; empty where the text gives none
  public Optional<String> answer(String text) {
    try {
      return rule.apply(text).map(String::strip).filter(said -> !said.isEmpty());
    } catch (StackOverflowError e) {
      return Optional.empty(); // nobody counts an answer that nests so deep
    }
  }
}
