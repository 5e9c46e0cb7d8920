package topdraw.recordings.path;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// Reads a path.
final class PathParser {
  private final String text;
  private int at;

  PathParser(String text) {
    this.text = text;
  }

  RowPath path() {
    Optional<Fold> fold = Optional.empty();
    int open = text.indexOf('(');
    if (open > 0 && text.endsWith(")")) {
      fold = Fold.named(text.substring(0, open));
    }
    if (fold.isPresent()) {
      at = open + 1;
    }
    int end = text.length() - (fold.isPresent() ? 1 : 0);
    List<Step> steps = new ArrayList<>();
    while (at < end) {
      if (text.charAt(at) == '[') {
        steps.add(bracket());
      } else {
        if (!steps.isEmpty()) {
          expectDot();
        }
        steps.add(name(end));
      }
    }
    if (steps.isEmpty()) {
      throw wrong("there is no name in it");
    }
    return new RowPath(text, fold, steps);
  }

  private void expectDot() {
    if (text.charAt(at) == '.') {
      at++;
    } else {
      throw wrong("a dot or a bracket is missing at '" + text.substring(at) + "'");
    }
  }

  private Step bracket() {
    int close = text.indexOf(']', at);
    if (close < 0) {
      throw wrong("a ] is missing");
    }
    String inner = text.substring(at + 1, close).strip();
    at = close + 1;
    if (inner.isEmpty()) {
      return new Step.Each();
    }
    if (inner.matches("-?\\d{1,6}")) {
      return new Step.Position(Integer.parseInt(inner));
    }
    if (inner.length() > 1 && (inner.startsWith("'") || inner.startsWith("\""))) {
      return new Step.Key(inner.substring(1, inner.length() - 1));
    }
    throw wrong("in brackets stands nothing, a position or a name in quotes, not '" + inner + "'");
  }

  private Step name(int end) {
    if (at < end && text.charAt(at) == '{') {
      return some();
    }
    if (at < end && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
      int close = text.indexOf(text.charAt(at), at + 1);
      if (close < 0) {
        throw wrong("a quote is not closed");
      }
      String quoted = text.substring(at + 1, close);
      at = close + 1;
      return new Step.Key(quoted);
    }
    int from = at;
    while (at < end && text.charAt(at) != '.' && text.charAt(at) != '[') {
      at++;
    }
    String name = text.substring(from, at);
    if (name.isEmpty()) {
      throw wrong("a name is missing");
    }
    if (name.equals("*")) {
      return new Step.Every();
    }
    return name.contains("*") ? Step.Matching.of(name) : new Step.Key(name);
  }

  private Step some() {
    int close = text.indexOf('}', at);
    if (close < 0) {
      throw wrong("a } is missing");
    }
    Set<String> names = new LinkedHashSet<>();
    for (String name : text.substring(at + 1, close).split(",", -1)) {
      names.add(name.strip());
    }
    at = close + 1;
    return new Step.Some(names);
  }

  private IllegalArgumentException wrong(String why) {
    return new InputException(Problem.MALFORMED, "'" + text + "' is no path in a row: " + why);
  }
}
