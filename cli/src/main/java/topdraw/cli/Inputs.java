package topdraw.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.theory.law.OutcomeTable;

/// The inputs of one quantity, read by name; what does not fit is refused by name.
record Inputs(JsonNode node) {

  /// Refuses anything that is not one of the names a quantity knows.
  void onlyHas(List<String> known) {
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "unknown input \"" + name + "\"; expected " + String.join(", ", known));
      }
    }
  }

  boolean has(String name) {
    return node.has(name);
  }

  double number(String name) {
    return number(required(name), name);
  }

  long whole(String name) {
    return whole(required(name), name);
  }

  int index(String name) {
    long value = whole(name);
    if (value != (int) value) {
      throw new IllegalArgumentException(name + " must be at most 2147483647, was " + value);
    }
    return (int) value;
  }

  boolean flag(String name) {
    JsonNode value = required(name);
    if (!value.isBoolean()) {
      throw wrong(name, "true or false", value);
    }
    return value.booleanValue();
  }

  double[] numbers(String name) {
    JsonNode list = list(name);
    var values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(list.get(i), name + "[" + i + "]");
    }
    return values;
  }

  long[] wholes(String name) {
    JsonNode list = list(name);
    var values = new long[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole(list.get(i), name + "[" + i + "]");
    }
    return values;
  }

  /// The inputs of each of several prompts, from lists of lists.
  List<Inputs> each(String first, String second) {
    JsonNode firsts = list(first);
    JsonNode seconds = list(second);
    if (firsts.size() != seconds.size()) {
      throw new IllegalArgumentException(
          first
              + " and "
              + second
              + " need a list per prompt each, found "
              + firsts.size()
              + " and "
              + seconds.size());
    }
    var prompts = new ArrayList<Inputs>();
    for (int i = 0; i < firsts.size(); i++) {
      var prompt = Json.mapper().createObjectNode();
      prompt.set(first, firsts.get(i));
      prompt.set(second, seconds.get(i));
      prompts.add(new Inputs(prompt));
    }
    return prompts;
  }

  /// A number for each different name in a list of any JSON values.
  int[] identities(String name) {
    JsonNode list = list(name);
    Map<JsonNode, Integer> known = new HashMap<>();
    var identities = new int[list.size()];
    for (int i = 0; i < identities.length; i++) {
      identities[i] = known.computeIfAbsent(list.get(i), _ -> known.size());
    }
    return identities;
  }

  /// `name`, or `log_` + `name` for what underflows.
  double eitherOf(String name, DoubleUnaryOperator plain, DoubleUnaryOperator ofLog) {
    return eitherIsLog(name)
        ? ofLog.applyAsDouble(number("log_" + name))
        : plain.applyAsDouble(number(name));
  }

  /// The table of `p` or `log_p`, from the lowest reward to the highest.
  OutcomeTable table() {
    return eitherIsLog("p")
        ? OutcomeTable.ofLogProbabilities(numbers("log_p"))
        : OutcomeTable.ofProbabilities(numbers("p"));
  }

  /// The table of `p` or `log_p` with `rewards`, in any order.
  OutcomeTable rewardedTable() {
    double[] logP = eitherIsLog("p") ? numbers("log_p") : logarithms(numbers("p"));
    return OutcomeTable.of(logP, numbers("rewards"));
  }

  private static double[] logarithms(double[] p) {
    var logP = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      if (!(p[i] >= 0)) {
        throw new IllegalArgumentException("p[" + i + "] must be at least 0, was " + p[i]);
      }
      logP[i] = Math.log(p[i]);
    }
    return logP;
  }

  private boolean eitherIsLog(String name) {
    if (has(name) == has("log_" + name)) {
      throw new IllegalArgumentException(
          "needs either \""
              + name
              + "\" or \"log_"
              + name
              + "\", found "
              + (has(name) ? "both" : "neither"));
    }
    return !has(name);
  }

  private JsonNode required(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException("missing input \"" + name + "\"");
    }
    return value;
  }

  private JsonNode list(String name) {
    JsonNode value = required(name);
    if (!value.isArray()) {
      throw wrong(name, "a list", value);
    }
    return value;
  }

  private static double number(JsonNode value, String name) {
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      return value.doubleValue();
    }
    return switch (value.isString() ? value.stringValue() : "") {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong(name, "a number (or \"inf\", \"-inf\")", value);
    };
  }

  private static long whole(JsonNode value, String name) {
    double number = number(value, name);
    if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
      throw wrong(name, "a whole number", value);
    }
    return (long) number;
  }

  private static IllegalArgumentException wrong(String name, String expected, JsonNode found) {
    String text = found.toString();
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new IllegalArgumentException(name + " must be " + expected + ", was " + shown);
  }
}
