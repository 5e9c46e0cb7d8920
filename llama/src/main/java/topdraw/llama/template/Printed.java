package topdraw.llama.template;

import java.util.List;
import java.util.Map;

/// Values as a template prints them: Python's `str`, and `repr` inside lists and maps.
final class Printed {
  private final Budget budget;

  Printed(Budget budget) {
    this.budget = budget;
  }

  /// The value as text.
  ///
  /// @throws TemplateException for what Python would print with an address in memory
  String text(Value value) {
    if (value instanceof Value.Text text) return text.value();
    if (value instanceof Value.Undefined) return "";
    var made = new Made(budget);
    repr(value, made);
    return made.toString();
  }

  /// Python's `repr`.
  String repr(Value value) {
    var made = new Made(budget);
    repr(value, made);
    return made.toString();
  }

  private void repr(Value value, Made made) {
    budget.step();
    switch (value) {
      case Value.None _ -> made.add("None");
      case Value.Undefined _ -> made.add("Undefined");
      case Value.Truth(boolean truth) -> made.add(truth ? "True" : "False");
      case Value.Whole(long whole) -> made.add(Long.toString(whole));
      case Value.Decimal(double decimal) -> made.add(Numbers.shown(decimal));
      case Value.Text text -> quoted(text, made);
      case Value.Sequence sequence -> sequence(sequence, made);
      case Value.Mapping mapping -> mapping(mapping, made);
      case Value.Generator _, Value.Namespace _, Value.Special _ ->
          throw new TemplateException("printing " + Shown.type(value) + " is not understood");
    }
  }

  private void sequence(Value.Sequence sequence, Made made) {
    List<Value> items = sequence.items();
    switch (sequence.kind()) {
      case LIST -> {
        made.add("[");
        items(items, made);
        made.add("]");
      }
      case TUPLE -> {
        made.add("(");
        items(items, made);
        made.add(items.size() == 1 ? ",)" : ")");
      }
      case VIEW, RANGE ->
          throw new TemplateException(
              "printing " + Shown.type(sequence) + " is not understood; make a list of it");
    }
  }

  private void items(List<Value> items, Made made) {
    String comma = "";
    for (Value item : items) {
      made.add(comma);
      repr(item, made);
      comma = ", ";
    }
  }

  private void mapping(Value.Mapping mapping, Made made) {
    String comma = "{";
    for (Map.Entry<Value, Value> entry : mapping.entries().entrySet()) {
      made.add(comma);
      repr(entry.getKey(), made);
      made.add(": ");
      repr(entry.getValue(), made);
      comma = ", ";
    }
    made.add(mapping.entries().isEmpty() ? "{}" : "}");
  }

  private void quoted(Value.Text text, Made made) {
    if (text.safe()) made.add("Markup(");
    String value = text.value();
    budget.read(value.length());
    char quote = value.indexOf('\'') >= 0 && value.indexOf('"') < 0 ? '"' : '\'';
    made.add(quote);
    for (int i = 0; i < value.length(); ) {
      int character = value.codePointAt(i);
      escaped(character, quote, made);
      i += Character.charCount(character);
    }
    made.add(quote);
    if (text.safe()) made.add(")");
  }

  private static void escaped(int character, char quote, Made made) {
    switch (character) {
      case '\\' -> made.add("\\\\");
      case '\n' -> made.add("\\n");
      case '\r' -> made.add("\\r");
      case '\t' -> made.add("\\t");
      default -> {
        if (character == quote) made.add("\\").add(character);
        else if (printable(character)) made.add(character);
        else made.add(numbered(character));
      }
    }
  }

  private static String numbered(int character) {
    if (character < 0x100) return "\\x%02x".formatted(character);
    return character < 0x10000 ? "\\u%04x".formatted(character) : "\\U%08x".formatted(character);
  }

  /// Python's `str.isprintable`.
  private static boolean printable(int character) {
    return switch (Character.getType(character)) {
      case Character.PRIVATE_USE, Character.UNASSIGNED -> false;
      case Character.SPACE_SEPARATOR -> character == ' ';
      default -> Shown.printable(character);
    };
  }
}
