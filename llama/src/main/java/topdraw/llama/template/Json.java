package topdraw.llama.template;

import java.util.List;
import java.util.Map;

/// The filter `tojson`, as `apply_chat_template` sets it up: Python's `json.dumps`, with no HTML
/// escaped.
///
/// @param budget what may be spent
/// @param ascii whether other characters than ASCII's are written as escapes
/// @param indent what each level begins its lines with; null for one line
/// @param comma between items
/// @param colon after a key
/// @param sorted whether keys come in order
record Json(
    Budget budget,
    boolean ascii,
    @org.jspecify.annotations.Nullable String indent,
    String comma,
    String colon,
    boolean sorted) {

  String of(Value value) {
    var made = new Made(budget);
    write(value, "\n", made);
    return made.toString();
  }

  private void write(Value value, String line, Made made) {
    budget.step();
    switch (value) {
      case Value.None _ -> made.add("null");
      case Value.Truth(boolean truth) -> made.add(truth ? "true" : "false");
      case Value.Whole(long whole) -> made.add(Long.toString(whole));
      case Value.Decimal(double decimal) -> made.add(number(decimal));
      case Value.Text text -> quoted(text.value(), made);
      case Value.Sequence sequence -> sequence(sequence, line, made);
      case Value.Mapping mapping -> mapping(mapping, line, made);
      case Value.Undefined _, Value.Generator _, Value.Namespace _, Value.Special _ ->
          throw new TemplateException("tojson cannot write " + Shown.type(value));
    }
  }

  private void sequence(Value.Sequence sequence, String line, Made made) {
    switch (sequence.kind()) {
      case LIST, TUPLE -> {}
      case VIEW, RANGE ->
          throw new TemplateException("tojson cannot write " + Shown.type(sequence));
    }
    List<Value> items = sequence.items();
    if (items.isEmpty()) {
      made.add("[]");
      return;
    }
    String inner = indent == null ? "" : line + indent;
    String before = "[" + inner;
    for (Value item : items) {
      made.add(before);
      write(item, inner, made);
      before = comma + inner;
    }
    made.add(indent == null ? "]" : line + "]");
  }

  private void mapping(Value.Mapping mapping, String line, Made made) {
    List<Map.Entry<Value, Value>> entries = List.copyOf(mapping.entries().entrySet());
    if (entries.isEmpty()) {
      made.add("{}");
      return;
    }
    if (sorted) {
      entries = new Ordering(budget).sorted(entries, Map.Entry::getKey, false);
    }
    String inner = indent == null ? "" : line + indent;
    String before = "{" + inner;
    for (Map.Entry<Value, Value> entry : entries) {
      made.add(before);
      quoted(key(entry.getKey()), made);
      made.add(colon);
      write(entry.getValue(), inner, made);
      before = comma + inner;
    }
    made.add(indent == null ? "}" : line + "}");
  }

  private static String key(Value key) {
    return key instanceof Value.Whole(long whole)
        ? Long.toString(whole)
        : ((Value.Text) key).value();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) return "NaN";
    if (Double.isInfinite(value)) return value > 0 ? "Infinity" : "-Infinity";
    return Numbers.shown(value);
  }

  private void quoted(String text, Made made) {
    budget.read(text.length());
    made.add("\"");
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      String escape = escape(text.charAt(i));
      if (escape.isEmpty()) continue;
      made.add(text.substring(plain, i)).add(escape);
      plain = i + 1;
    }
    made.add(text.substring(plain)).add("\"");
  }

  private String escape(char character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\f' -> "\\f";
      case '\b' -> "\\b";
      default ->
          character < 0x20 || (ascii && character > 0x7E)
              ? "\\u%04x".formatted((int) character)
              : "";
    };
  }
}
