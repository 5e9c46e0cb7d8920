package topdraw.llama.template;

/// `'{} {name}'.format(…)`, with names and numbers but no parts and no formats, since those reach
/// further into values than a template may.
final class BraceFormat {
  private final Printed printed;
  private final Budget budget;

  BraceFormat(Budget budget) {
    this.budget = budget;
    printed = new Printed(budget);
  }

  String format(String format, Value.Arguments arguments) {
    var made = new Made(budget);
    int next = 0;
    for (int i = 0; i < format.length(); i++) {
      char character = format.charAt(i);
      boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == character;
      if ((character == '{' || character == '}') && doubled) {
        made.add(character);
        i++;
      } else if (character == '{') {
        int end = format.indexOf('}', i);
        if (end < 0) throw new TemplateException("the format ends inside {");
        String field = format.substring(i + 1, end);
        made.add(printed.text(field.isEmpty() ? at(next++, arguments) : named(field, arguments)));
        i = end;
      } else if (character == '}') {
        throw new TemplateException("the format has a } without {");
      } else {
        made.add(character);
      }
    }
    return made.toString();
  }

  private static Value at(int index, Value.Arguments arguments) {
    if (index >= arguments.positional().size()) {
      throw new TemplateException("the format has more fields than it is given values");
    }
    return arguments.positional().get(index);
  }

  private static Value named(String field, Value.Arguments arguments) {
    if (field.chars().allMatch(c -> c >= '0' && c <= '9') && field.length() < 4) {
      return at(Integer.parseInt(field), arguments);
    }
    Value value = arguments.named().get(field);
    if (value == null) {
      throw new TemplateException("the format field " + Shown.name(field) + " is not understood");
    }
    return value;
  }
}
