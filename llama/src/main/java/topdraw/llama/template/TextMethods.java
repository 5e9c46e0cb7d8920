package topdraw.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/// The methods of text, as Python's `str` has them.
final class TextMethods {
  private interface Method {
    Value of(String text, Value.Arguments arguments);
  }

  private final Budget budget;
  private final Splits splits;
  private final Map<String, Method> methods;

  TextMethods(Budget budget) {
    this.budget = budget;
    splits = new Splits(budget);
    methods =
        Map.ofEntries(
            Map.entry("strip", (text, a) -> text(strip(text, chars("strip", a), true, true))),
            Map.entry("lstrip", (text, a) -> text(strip(text, chars("lstrip", a), true, false))),
            Map.entry("rstrip", (text, a) -> text(strip(text, chars("rstrip", a), false, true))),
            Map.entry("upper", (text, a) -> text(Characters.upper(alone("upper", text, a)))),
            Map.entry("lower", (text, a) -> text(Characters.lower(alone("lower", text, a)))),
            Map.entry("casefold", (text, a) -> text(folded(alone("casefold", text, a)))),
            Map.entry("title", (text, a) -> text(Characters.titled(alone("title", text, a)))),
            Map.entry(
                "capitalize", (text, a) -> text(Characters.capital(alone("capitalize", text, a)))),
            Map.entry("swapcase", (text, a) -> text(swapped(alone("swapcase", text, a)))),
            Map.entry("startswith", (text, a) -> Value.of(begins(text, "startswith", a, true))),
            Map.entry("endswith", (text, a) -> Value.of(begins(text, "endswith", a, false))),
            Map.entry("removeprefix", this::removePrefix),
            Map.entry("removesuffix", this::removeSuffix),
            Map.entry("replace", this::replace),
            Map.entry("split", (text, a) -> splits.split(text, a, "split", true)),
            Map.entry("rsplit", (text, a) -> splits.split(text, a, "rsplit", false)),
            Map.entry("splitlines", splits::lines),
            Map.entry("partition", (text, a) -> splits.partition(text, a, "partition", true)),
            Map.entry("rpartition", (text, a) -> splits.partition(text, a, "rpartition", false)),
            Map.entry("join", this::join),
            Map.entry("find", (text, a) -> find(text, "find", a)),
            Map.entry("rfind", (text, a) -> find(text, "rfind", a)),
            Map.entry("index", (text, a) -> found(find(text, "index", a))),
            Map.entry("rindex", (text, a) -> found(find(text, "rindex", a))),
            Map.entry("count", this::count),
            Map.entry("center", (text, a) -> padded(text, "center", a)),
            Map.entry("ljust", (text, a) -> padded(text, "ljust", a)),
            Map.entry("rjust", (text, a) -> padded(text, "rjust", a)),
            Map.entry("zfill", this::zeroFilled),
            Map.entry("format", (text, a) -> text(new BraceFormat(budget).format(text, a))),
            Map.entry("isalpha", (text, a) -> all(text, "isalpha", a, Character::isLetter)),
            Map.entry("isdigit", (text, a) -> all(text, "isdigit", a, TextMethods::digit)),
            Map.entry("isdecimal", (text, a) -> all(text, "isdecimal", a, Character::isDigit)),
            Map.entry("isnumeric", (text, a) -> all(text, "isnumeric", a, TextMethods::numeric)),
            Map.entry(
                "isalnum",
                (text, a) -> all(text, "isalnum", a, c -> Character.isLetter(c) || numeric(c))),
            Map.entry("isspace", (text, a) -> all(text, "isspace", a, Characters::space)),
            Map.entry(
                "isascii",
                (text, a) -> Value.of(alone("isascii", text, a).chars().allMatch(c -> c < 0x80))),
            Map.entry(
                "islower",
                (text, a) -> Value.of(Characters.allCased(alone("islower", text, a), false))),
            Map.entry(
                "isupper",
                (text, a) -> Value.of(Characters.allCased(alone("isupper", text, a), true))));
  }

  Optional<Value> of(Value.Text text, String name) {
    Method method = methods.get(name);
    if (method == null) return Optional.empty();
    return Optional.of(
        Value.Special.function(
            "the method " + name,
            arguments -> {
              if (text.safe()) {
                throw new TemplateException(
                    "the method " + name + " of a text marked safe is not understood");
              }
              budget.read(text.value().length());
              return method.of(text.value(), arguments);
            }));
  }

  private Value text(String text) {
    budget.make(text.length());
    return new Value.Text(text);
  }

  private static String alone(String name, String text, Value.Arguments arguments) {
    Methods.positional(name, arguments);
    return text;
  }

  private static Optional<String> chars(String name, Value.Arguments arguments) {
    return Methods.positional(name, arguments, "chars").someText("chars");
  }

  /// Without spaces, or without any of the characters given, at one end or both.
  String strip(String text, Optional<String> chars, boolean left, boolean right) {
    chars.ifPresent(of -> budget.search(text.length(), of.length()));
    String cut = text;
    if (right) {
      String whole = cut;
      cut =
          chars
              .map(of -> Characters.stripRight(whole, of))
              .orElseGet(() -> Characters.stripRight(whole));
    }
    if (left) {
      String whole = cut;
      cut =
          chars
              .map(of -> Characters.stripLeft(whole, of))
              .orElseGet(() -> Characters.stripLeft(whole));
    }
    return cut;
  }

  private static String folded(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7E) {
        throw new TemplateException("casefold of other characters than ASCII's is not understood");
      }
    }
    return Characters.lower(text);
  }

  private static String swapped(String text) {
    var swapped = new StringBuilder();
    text.codePoints()
        .mapToObj(
            c ->
                Character.isUpperCase(c)
                    ? Characters.lower(Character.toString(c))
                    : Characters.upper(Character.toString(c)))
        .forEach(swapped::append);
    return swapped.toString();
  }

  private boolean begins(String text, String name, Value.Arguments arguments, boolean start) {
    Parameters given = Methods.positional(name, arguments, "part", "from", "to");
    if (given.some("from").isPresent() || given.some("to").isPresent()) {
      throw new TemplateException(
          "the method " + name + " with a place in the text is not understood");
    }
    Value part = given.required("part");
    List<Value> parts =
        part instanceof Value.Sequence sequence && sequence.kind() == Value.Kind.TUPLE
            ? sequence.items()
            : List.of(part);
    for (Value one : parts) {
      if (!(one instanceof Value.Text wanted)) {
        throw new TemplateException(
            "the method " + name + " needs text, was given " + Shown.type(one));
      }
      budget.read(wanted.value().length());
      if (start ? text.startsWith(wanted.value()) : text.endsWith(wanted.value())) return true;
    }
    return false;
  }

  private Value removePrefix(String text, Value.Arguments arguments) {
    String part = Methods.positional("removeprefix", arguments, "part").text("part");
    return text(text.startsWith(part) ? text.substring(part.length()) : text);
  }

  private Value removeSuffix(String text, Value.Arguments arguments) {
    String part = Methods.positional("removesuffix", arguments, "part").text("part");
    return text(text.endsWith(part) ? text.substring(0, text.length() - part.length()) : text);
  }

  private Value replace(String text, Value.Arguments arguments) {
    Parameters given = Methods.positional("replace", arguments, "old", "new", "count");
    return new Value.Text(
        splits.replaced(text, given.text("old"), given.text("new"), given.whole("count", -1)));
  }

  private Value join(String text, Value.Arguments arguments) {
    Value parts = Methods.positional("join", arguments, "parts").required("parts");
    var made = new Made(budget);
    String before = "";
    for (Value part : Walk.list(parts, budget)) {
      if (!(part instanceof Value.Text one)) {
        throw new TemplateException("the method join needs texts, was given " + Shown.type(part));
      }
      made.add(before).add(one.value());
      before = text;
    }
    return new Value.Text(made.toString());
  }

  private Value find(String text, String name, Value.Arguments arguments) {
    Parameters given = Methods.positional(name, arguments, "part", "from", "to");
    String part = given.text("part");
    int length = Characters.length(text);
    int from = place(text, length, given.some("from").isPresent() ? given.whole("from") : 0);
    int to = place(text, length, given.some("to").isPresent() ? given.whole("to") : length);
    budget.search(text.length(), part.length());
    if (from > to || (given.some("from").isPresent() && given.whole("from") > length)) {
      return new Value.Whole(-1);
    }
    String within = text.substring(from, to);
    int at = name.startsWith("r") ? within.lastIndexOf(part) : within.indexOf(part);
    return new Value.Whole(at < 0 ? -1 : text.codePointCount(0, from + at));
  }

  private static int place(String text, int length, long index) {
    long from = index < 0 ? Math.max(0, index + length) : Math.min(index, length);
    return text.offsetByCodePoints(0, (int) from);
  }

  private static Value found(Value place) {
    if (place.equals(new Value.Whole(-1))) throw new TemplateException("the text has no such part");
    return place;
  }

  private Value count(String text, Value.Arguments arguments) {
    String part = Methods.positional("count", arguments, "part").text("part");
    budget.search(text.length(), part.length());
    if (part.isEmpty()) return new Value.Whole(Characters.length(text) + 1L);
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) count++;
    return new Value.Whole(count);
  }

  private Value padded(String text, String name, Value.Arguments arguments) {
    Parameters given = Methods.positional(name, arguments, "width", "fill");
    String fill = given.value("fill").isPresent() ? given.text("fill") : " ";
    if (Characters.length(fill) != 1) {
      throw new TemplateException("the method " + name + " fills with one character");
    }
    return new Value.Text(padded(text, given.whole("width"), fill, name));
  }

  /// Python puts the odd one of a centred text's spaces left where the width is odd.
  String padded(String text, long width, String fill, String side) {
    long missing = Math.max(0, width - Characters.length(text));
    long left =
        switch (side) {
          case "center" -> missing / 2 + (missing & width & 1);
          case "rjust" -> missing;
          default -> 0;
        };
    return new Made(budget).repeat(fill, left).add(text).repeat(fill, missing - left).toString();
  }

  private Value zeroFilled(String text, Value.Arguments arguments) {
    long width = Methods.positional("zfill", arguments, "width").whole("width");
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String sign = signed ? text.substring(0, 1) : "";
    return new Value.Text(
        new Made(budget)
            .add(sign)
            .repeat("0", width - Characters.length(text))
            .add(text.substring(sign.length()))
            .toString());
  }

  private static Value all(
      String text, String name, Value.Arguments arguments, IntPredicate predicate) {
    alone(name, text, arguments);
    return Value.of(!text.isEmpty() && text.codePoints().allMatch(predicate));
  }

  private static boolean digit(int character) {
    return Character.isDigit(character) || "²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉".indexOf(character) >= 0;
  }

  private static boolean numeric(int character) {
    return switch (Character.getType(character)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> false;
    };
  }

  /// The parts of a text between others, kept apart from the names they go by.
  static List<Value> texts(List<String> parts) {
    List<Value> texts = new ArrayList<>();
    for (String part : parts) texts.add(new Value.Text(part));
    return texts;
  }
}
