package topdraw.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Text cut into parts, and with parts replaced.
final class Splits {
  private final Budget budget;

  Splits(Budget budget) {
    this.budget = budget;
  }

  Value split(String text, Value.Arguments arguments, String name, boolean fromLeft) {
    Parameters given = Parameters.of("the method " + name, arguments, "sep", "maxsplit");
    Optional<String> separator = given.someText("sep");
    long most = given.whole("maxsplit", -1);
    budget.make(text.length());
    List<String> parts =
        separator.isPresent()
            ? apart(text, separator.get(), most, fromLeft)
            : words(text, most, fromLeft);
    return texts(parts);
  }

  Value.Sequence texts(List<String> parts) {
    return Value.Sequence.list(TextMethods.texts(parts), budget);
  }

  private List<String> apart(String text, String separator, long most, boolean fromLeft) {
    if (separator.isEmpty()) throw new TemplateException("a text cannot be split at nothing");
    budget.search(text.length(), separator.length());
    List<String> parts = new ArrayList<>();
    if (fromLeft) {
      int start = 0;
      int at = text.indexOf(separator);
      while (at >= 0 && (most < 0 || parts.size() < most)) {
        parts.add(text.substring(start, at));
        start = at + separator.length();
        at = text.indexOf(separator, start);
      }
      parts.add(text.substring(start));
      return parts;
    }
    int end = text.length();
    int at = text.lastIndexOf(separator);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(at + separator.length(), end));
      end = at;
      at = end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length());
    }
    parts.add(text.substring(0, end));
    return parts.reversed();
  }

  /// The words between spaces; what is left when enough are cut off keeps its other spaces.
  private static List<String> words(String text, long most, boolean fromLeft) {
    List<String> words = new ArrayList<>();
    int start = after(text, 0);
    int end = before(text, text.length());
    while (start < end) {
      boolean last = most >= 0 && words.size() >= most;
      if (last) {
        words.add(fromLeft ? text.substring(start) : text.substring(0, end));
        break;
      }
      if (fromLeft) {
        int cut = wordEnd(text, start, end);
        words.add(text.substring(start, cut));
        start = after(text, cut);
      } else {
        int cut = wordStart(text, start, end);
        words.add(text.substring(cut, end));
        end = before(text, cut);
      }
    }
    return fromLeft ? words : words.reversed();
  }

  private static int after(String text, int place) {
    while (place < text.length() && Characters.space(text.charAt(place))) place++;
    return place;
  }

  private static int before(String text, int place) {
    while (place > 0 && Characters.space(text.charAt(place - 1))) place--;
    return place;
  }

  private static int wordEnd(String text, int start, int end) {
    int cut = start;
    while (cut < end && !Characters.space(text.charAt(cut))) cut++;
    return cut;
  }

  private static int wordStart(String text, int start, int end) {
    int cut = end;
    while (cut > start && !Characters.space(text.charAt(cut - 1))) cut--;
    return cut;
  }

  Value lines(String text, Value.Arguments arguments) {
    Parameters given = Parameters.of("the method splitlines", arguments, "keepends");
    budget.make(text.length());
    return texts(lines(text, given.truth("keepends", false)));
  }

  /// The lines of a text; a break at its very end begins no further one.
  static List<String> lines(String text, boolean withEnds) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (!Characters.lineBreak(text.charAt(i))) continue;
      int end = i;
      if (text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') i++;
      lines.add(text.substring(start, withEnds ? i + 1 : end));
      start = i + 1;
    }
    if (start < text.length()) lines.add(text.substring(start));
    return lines;
  }

  Value partition(String text, Value.Arguments arguments, String name, boolean first) {
    String part = Methods.positional(name, arguments, "sep").text("sep");
    if (part.isEmpty()) throw new TemplateException("a text cannot be split at nothing");
    budget.search(text.length(), part.length());
    int at = first ? text.indexOf(part) : text.lastIndexOf(part);
    List<String> parts =
        at >= 0
            ? List.of(text.substring(0, at), part, text.substring(at + part.length()))
            : first ? List.of(text, "", "") : List.of("", "", text);
    return Value.Sequence.tuple(TextMethods.texts(parts), budget);
  }

  /// With the first `most` places of a part replaced, or all below 0.
  String replaced(String text, String old, String by, long most) {
    if (most == 0) return text;
    budget.search(text.length(), old.length());
    var made = new Made(budget);
    int start = 0;
    long count = 0;
    if (old.isEmpty()) return between(text, by, most);
    for (int at = text.indexOf(old);
        at >= 0 && (most < 0 || count < most);
        at = text.indexOf(old, start)) {
      made.add(text.substring(start, at)).add(by);
      start = at + old.length();
      count++;
    }
    return made.add(text.substring(start)).toString();
  }

  /// Nothing is found before every character, and at the end.
  private String between(String text, String by, long most) {
    var made = new Made(budget);
    long count = 0;
    for (int i = 0; i < text.length(); ) {
      if (most < 0 || count++ < most) made.add(by);
      int character = text.codePointAt(i);
      made.add(character);
      i += Character.charCount(character);
    }
    if (most < 0 || count < most) made.add(by);
    return made.toString();
  }
}
