package topdraw.theory.quantity;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import topdraw.theory.law.OutcomeTable;

/// The inputs of one quantity, read by name; what does not fit is refused by name.
public final class Inputs {
  private final Map<String, ?> values;

  private Inputs(Map<String, ?> values) {
    this.values = values;
  }

  /// Inputs by name.
  ///
  /// @param values numbers, booleans, strings, and lists of them; the strings `inf` and `-inf`
  ///   stand for numbers, and in a list of outcomes any value names one
  /// @return the inputs
  public static Inputs of(Map<String, ?> values) {
    return new Inputs(values);
  }

  /// Refuses anything that is not one of the names a quantity knows.
  ///
  /// @param known the names
  /// @throws IllegalArgumentException if there is another
  public void onlyHas(List<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "unknown input \"" + name + "\"; expected " + String.join(", ", known));
      }
    }
  }

  /// Whether there is an input of a name.
  ///
  /// @param name the name
  /// @return whether it was given
  public boolean has(String name) {
    return values.containsKey(name);
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
    if (required(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false", required(name));
  }

  double[] numbers(String name) {
    List<?> list = list(name);
    var numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(list.get(i), name + "[" + i + "]");
    }
    return numbers;
  }

  long[] wholes(String name) {
    List<?> list = list(name);
    var wholes = new long[list.size()];
    for (int i = 0; i < wholes.length; i++) {
      wholes[i] = whole(list.get(i), name + "[" + i + "]");
    }
    return wholes;
  }

  /// The inputs of each of several prompts, from lists of lists.
  List<Inputs> each(String first, String second) {
    List<?> firsts = list(first);
    List<?> seconds = list(second);
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
      Map<String, @Nullable Object> prompt = new HashMap<>();
      prompt.put(first, firsts.get(i));
      prompt.put(second, seconds.get(i));
      prompts.add(new Inputs(prompt));
    }
    return prompts;
  }

  /// A number for each different name in a list of any values.
  int[] identities(String name) {
    List<?> list = list(name);
    Map<Object, Integer> known = new HashMap<>();
    var identities = new int[list.size()];
    for (int i = 0; i < identities.length; i++) {
      identities[i] = known.computeIfAbsent(list.get(i), unknown -> known.size());
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
  ///
  /// @return the table
  /// @throws IllegalArgumentException if there is not one of the two, or it is no table
  public OutcomeTable table() {
    return eitherIsLog("p")
        ? OutcomeTable.ofLogProbabilities(numbers("log_p"))
        : OutcomeTable.ofProbabilities(numbers("p"));
  }

  /// The table of `p` or `log_p` with `rewards`, in any order.
  ///
  /// @return the table
  /// @throws IllegalArgumentException if there is not one of the two, or they are no table
  public OutcomeTable rewardedTable() {
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

  private @Nullable Object required(String name) {
    if (!has(name)) {
      throw new IllegalArgumentException("missing input \"" + name + "\"");
    }
    return values.get(name);
  }

  private List<?> list(String name) {
    if (required(name) instanceof List<?> list) {
      return list;
    }
    throw wrong(name, "a list", required(name));
  }

  private static double number(@Nullable Object value, String name) {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    return switch (value instanceof String word ? word : "") {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong(name, "a number (or \"inf\", \"-inf\")", value);
    };
  }

  private static long whole(@Nullable Object value, String name) {
    double number = number(value, name);
    if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
      throw wrong(name, "a whole number", value);
    }
    return (long) number;
  }

  private static IllegalArgumentException wrong(
      String name, String expected, @Nullable Object found) {
    String text = shown(found);
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new IllegalArgumentException(name + " must be " + expected + ", was " + shown);
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case String text -> "\"" + text + "\"";
      case List<?> list -> list.stream().map(Inputs::shown).collect(joining(",", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> shown(entry.getKey()) + ":" + shown(entry.getValue()))
              .collect(joining(",", "{", "}"));
      case null, default -> String.valueOf(value);
    };
  }
}
