package topdraw.reward;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// `sum(0.5*log-likelihood, "regex:a,b")`, `min(…, …)`, `exp(…)`, `majority(…, …)` or `steps(…,
/// …)`, taken apart.
///
/// Parts stand between commas; commas inside parentheses or double quotes belong to the part. A
/// part in double quotes is what stands between them, with `\"` and `\\` for the two characters. A
/// weight is a number and `*` before a part of a sum or an exponential. The first part of a
/// majority is no reward but says what an answer is; that of steps how they are put together.
///
/// @param rule `sum`, `min`, `exp`, `majority` or `steps`
/// @param parts the parts in order, at least one
record Combination(String rule, List<Part> parts) {
  private static final Pattern WHOLE =
      Pattern.compile("(?s)\\A(sum|min|exp|majority|steps)\\((.*)\\)\\z");
  private static final Pattern WEIGHT =
      Pattern.compile("(?s)\\A([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?)\\s*\\*(.*)\\z");

  private static final Map<String, String> FORMS =
      Map.of(
          "exp",
          "one reward, as in exp(0.5*self-judge)",
          "majority",
          "what an answer is and a reward, as in majority(numeric, exp(log-likelihood))",
          "steps",
          "min, mean, product or last and a reward of steps, as in steps(min, process:python3 prm.py)");

  /// One part.
  ///
  /// @param weight what its score is multiplied with
  /// @param reward the reward's name, argument included
  record Part(double weight, String reward) {}

  /// Takes a combination apart.
  ///
  /// @param spec what was asked for
  /// @return the combination; empty if it is not one
  /// @throws InputException if it is one, and broken, saying where
  static Optional<Combination> of(String spec) {
    Matcher matcher = WHOLE.matcher(spec.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String rule = matcher.group(1);
    List<Part> parts = new ArrayList<>();
    for (String part : split(spec, matcher.group(2))) {
      parts.add(part(spec, rule, part.strip()));
    }
    String form = FORMS.getOrDefault(rule, "");
    if (!form.isEmpty() && parts.size() != (rule.equals("exp") ? 1 : 2)) {
      throw new InputException(Problem.MALFORMED, rule + " takes " + form + ", was " + spec);
    }
    return Optional.of(new Combination(rule, List.copyOf(parts)));
  }

  private static List<String> split(String spec, String inside) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (quoted) {
        if (c == '\\') i++;
        quoted = c != '"';
      } else if (c == ',' && depth == 0) {
        parts.add(inside.substring(start, i));
        start = i + 1;
      } else {
        quoted = c == '"';
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
    }
    if (quoted || depth != 0) {
      throw new InputException(
          Problem.MALFORMED,
          (quoted ? "a quote is not closed in " : "parentheses do not match in ")
              + spec
              + "; put a part that holds commas, quotes or parentheses in double quotes");
    }
    parts.add(inside.substring(start));
    return parts;
  }

  private static Part part(String spec, String rule, String text) {
    Matcher weighted = WEIGHT.matcher(text);
    double weight = 1;
    String reward = text;
    if (weighted.matches()) {
      if (!rule.equals("sum") && !rule.equals("exp")) {
        throw new InputException(
            Problem.CONFLICT,
            rule + " takes no weights, was " + text + " in " + spec + "; a sum does");
      }
      weight = Double.parseDouble(weighted.group(1));
      if (!Double.isFinite(weight)) {
        throw new InputException(
            Problem.OUT_OF_RANGE,
            "a weight is a finite number, was " + weighted.group(1) + " in " + spec);
      }
      reward = weighted.group(2).strip();
    }
    if (reward.length() > 1 && reward.startsWith("\"") && reward.endsWith("\"")) {
      reward = reward.substring(1, reward.length() - 1).replaceAll("\\\\([\"\\\\])", "$1");
    }
    if (reward.isEmpty()) {
      throw new InputException(Problem.MISSING, "a part is empty in " + spec);
    }
    return new Part(weight, reward);
  }
}
