package topdraw.llama.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Filters that make text.
final class TextFilters {
  private final Budget budget;
  private final Printed printed;
  private final TextMethods methods;
  private final Methods maps;
  private final Splits splits;

  TextFilters(Budget budget) {
    this.budget = budget;
    printed = new Printed(budget);
    methods = new TextMethods(budget);
    maps = new Methods(budget);
    splits = new Splits(budget);
  }

  Map<String, Filter> all() {
    return Map.ofEntries(
        Map.entry("string", this::string),
        Map.entry("safe", this::safe),
        Map.entry("escape", this::escape),
        Map.entry("e", this::escape),
        Map.entry("trim", this::trim),
        Map.entry("upper", (v, a) -> plain(Characters.upper(alone("upper", v, a)), v)),
        Map.entry("lower", (v, a) -> plain(Characters.lower(alone("lower", v, a)), v)),
        Map.entry("capitalize", (v, a) -> plain(Characters.capital(alone("capitalize", v, a)), v)),
        Map.entry("title", (v, a) -> plain(words(alone("title", v, a)), v)),
        Map.entry("replace", this::replace),
        Map.entry("indent", this::indent),
        Map.entry("center", this::center),
        Map.entry("truncate", this::truncate),
        Map.entry("wordcount", this::wordCount),
        Map.entry("format", this::format),
        Map.entry("tojson", this::json));
  }

  private String alone(String name, Value value, Value.Arguments arguments) {
    Parameters.of("the filter " + name, arguments);
    String text = printed.text(value);
    budget.make(text.length());
    return text;
  }

  /// The text, marked safe if what it was made of is.
  private static Value plain(String text, Value from) {
    return new Value.Text(text, from instanceof Value.Text(_, boolean safe) && safe);
  }

  private Value string(Value value, Value.Arguments arguments) {
    return plain(alone("string", value, arguments), value);
  }

  private Value safe(Value value, Value.Arguments arguments) {
    return new Value.Text(alone("safe", value, arguments), true);
  }

  private Value escape(Value value, Value.Arguments arguments) {
    String text = alone("escape", value, arguments);
    boolean already = value instanceof Value.Text(_, boolean safe) && safe;
    return new Value.Text(already ? text : Html.escaped(text, budget), true);
  }

  private Value trim(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter trim", arguments, "chars");
    String text = printed.text(value);
    budget.make(text.length());
    return plain(methods.strip(text, given.someText("chars"), true, true), value);
  }

  /// Jinja's own: words begin after spaces, hyphens and opening brackets.
  private static String words(String text) {
    var titled = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean between = i == text.length() || beforeWord(text.charAt(i));
      if (!between) continue;
      if (i > start) {
        int first = text.offsetByCodePoints(start, 1);
        titled.append(Characters.upper(text.substring(start, first)));
        titled.append(Characters.lower(text.substring(first, i)));
      }
      if (i < text.length()) titled.append(text.charAt(i));
      start = i + 1;
    }
    return titled.toString();
  }

  private static boolean beforeWord(char character) {
    return "-({[<".indexOf(character) >= 0 || Characters.space(character);
  }

  private Value replace(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter replace", arguments, "old", "new", "count");
    long count = given.some("count").isPresent() ? given.whole("count") : -1;
    return new Value.Text(
        splits.replaced(
            printed.text(value),
            printed.text(given.required("old")),
            printed.text(given.required("new")),
            count));
  }

  private Value indent(Value value, Value.Arguments arguments) {
    Parameters given = Parameters.of("the filter indent", arguments, "width", "first", "blank");
    if (!(value instanceof Value.Text text)) {
      throw new TemplateException("the filter indent needs text, was given " + Shown.type(value));
    }
    String by = indentation(given.value("width").orElse(new Value.Whole(4)));
    boolean blank = given.truth("blank", false);
    var made = new Made(budget);
    budget.make(text.value().length());
    List<String> lines = Splits.lines(text.value() + "\n", false);
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0) made.add("\n");
      if (i == 0 ? given.truth("first", false) : blank || !lines.get(i).isEmpty()) made.add(by);
      made.add(lines.get(i));
    }
    return plain(made.toString(), value);
  }

  private String indentation(Value width) {
    return switch (width) {
      case Value.Text text -> text.value();
      case Value.Whole(long spaces) -> new Made(budget).repeat(" ", spaces).toString();
      case Value.Truth(boolean one) -> one ? " " : "";
      default ->
          throw new TemplateException(
              "an indentation is a number of spaces or a text, was " + Shown.type(width));
    };
  }

  private Value center(Value value, Value.Arguments arguments) {
    long width = Parameters.of("the filter center", arguments, "width").whole("width", 80);
    return plain(methods.padded(printed.text(value), width, " ", "center"), value);
  }

  private Value truncate(Value value, Value.Arguments arguments) {
    Parameters given =
        Parameters.of("the filter truncate", arguments, "length", "killwords", "end", "leeway");
    if (!(value instanceof Value.Text(String text, boolean safe)) || safe) {
      throw new TemplateException("the filter truncate is not understood of " + Shown.type(value));
    }
    budget.make(text.length());
    String end = given.value("end").isPresent() ? given.text("end") : "...";
    long length = given.whole("length", 255);
    long leeway = given.some("leeway").isPresent() ? given.whole("leeway") : 5;
    long room = length - Characters.length(end);
    if (room < 0 || leeway < 0) {
      throw new TemplateException("the filter truncate needs a length that its end fits into");
    }
    if (Characters.length(text) <= length + leeway) return value;
    String cut = text.substring(0, text.offsetByCodePoints(0, (int) room));
    int space = cut.lastIndexOf(' ');
    boolean whole = given.truth("killwords", false) || space < 0;
    return new Value.Text((whole ? cut : cut.substring(0, space)) + end);
  }

  private Value wordCount(Value value, Value.Arguments arguments) {
    String text = alone("wordcount", value, arguments);
    long count = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      boolean word = Character.isLetterOrDigit(character) || character == '_';
      if (word && !inside) count++;
      inside = word;
    }
    return new Value.Whole(count);
  }

  private Value format(Value value, Value.Arguments arguments) {
    if (!arguments.positional().isEmpty() && !arguments.named().isEmpty()) {
      throw new TemplateException("the filter format takes values by place or by name, not both");
    }
    Value values =
        arguments.named().isEmpty()
            ? Value.Sequence.tuple(arguments.positional(), budget)
            : maps.mapping(arguments);
    return new Value.Text(new PercentFormat(budget).format(printed.text(value), values));
  }

  private Value json(Value value, Value.Arguments arguments) {
    Parameters given =
        Parameters.of(
            "the filter tojson", arguments, "ensure_ascii", "indent", "separators", "sort_keys");
    @Nullable String indent = given.some("indent").map(this::jsonIndentation).orElse(null);
    Optional<List<Value>> separators =
        given.some("separators").map(pair -> Walk.list(pair, budget));
    if (separators.isPresent() && separators.get().size() != 2) {
      throw new TemplateException("tojson needs two separators");
    }
    String comma =
        separators.map(List::getFirst).map(this::separator).orElse(indent == null ? ", " : ",");
    String colon = separators.map(List::getLast).map(this::separator).orElse(": ");
    return new Value.Text(
        new Json(
                budget,
                given.truth("ensure_ascii", false),
                indent,
                comma,
                colon,
                given.truth("sort_keys", false))
            .of(value));
  }

  private String separator(Value value) {
    if (value instanceof Value.Text text) return text.value();
    throw new TemplateException("a separator is text, was " + Shown.type(value));
  }

  private String jsonIndentation(Value indent) {
    return switch (indent) {
      case Value.Text text -> text.value();
      case Value.Whole(long spaces) -> new Made(budget).repeat(" ", spaces).toString();
      case Value.Truth(boolean one) -> one ? " " : "";
      default -> throw new TemplateException("an indentation is a whole number or text");
    };
  }
}
