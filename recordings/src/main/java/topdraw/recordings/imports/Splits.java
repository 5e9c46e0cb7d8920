package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether a column that nobody knows splits the draws of a prompt into parts by design: into
/// several questions, or several policies. What a completion happens to have lies in no order; a
/// column that lies in the same order, or in whole blocks, in prompt after prompt, was there before
/// the draws.
final class Splits {
  /// How many columns are looked at.
  static final int MOST = 16;

  /// How many prompts are looked at.
  static final int PROMPTS = 2000;

  /// The chance below which an order is no accident.
  private static final double ACCIDENT = 0.1;

  /// What a column is.
  enum Kind {
    /// A note beside a draw.
    NOTE,
    /// Part of the question.
    PROMPT,
    /// The model or its settings.
    POLICY
  }

  private final String column;
  private final Set<String> shared = new LinkedHashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> first = new ArrayList<>();
  private long varying;
  private long draws;
  private long parts;
  private double logChance;
  private boolean ordered = true;
  private boolean sameSets = true;
  private boolean unique = true;
  private boolean ofTheScore = true;
  private boolean ofTheText = true;
  private boolean numbers = true;
  private boolean apart;
  private boolean severalTexts;
  private boolean scored = true;

  Splits(String column) {
    this.column = column;
  }

  /// Looks at the draws of one prompt, in their order.
  ///
  /// @param columns in the order of the parts' marks
  static void look(List<Splits> columns, List<PartDraw> parts) {
    List<String> texts = parts.stream().map(p -> p.draw().text().orElse("")).toList();
    double[] ranks = parts.stream().mapToDouble(p -> p.draw().score().rank()).toArray();
    for (int c = 0; c < columns.size(); c++) {
      int at = c;
      columns
          .get(c)
          .look(
              parts.stream().map(p -> at < p.marks().size() ? p.marks().get(at) : "").toList(),
              texts,
              ranks);
    }
  }

  /// Looks at the draws of one prompt, in their order.
  ///
  /// @param values the column's values, empty where there is none
  /// @param texts the completions
  /// @param ranks their scores
  void look(List<String> values, List<String> texts, double[] ranks) {
    Map<String, Integer> counts = new HashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    if (counts.size() < 2 || counts.containsKey("")) {
      counts.keySet().forEach(this::remember);
      return;
    }
    varying++;
    draws += values.size();
    parts += counts.size();
    unique &= counts.size() == values.size();
    numbers &= values.stream().allMatch(value -> value.matches("-?\\d+"));
    order(values, counts);
    answers(values, texts, ranks);
    counts.keySet().forEach(this::remember);
  }

  private void remember(String value) {
    if (!seen.add(value)) {
      shared.add(value);
    }
  }

  private void order(List<String> values, Map<String, Integer> counts) {
    double logWays = logFactorial(values.size());
    for (int count : counts.values()) {
      logWays -= logFactorial(count);
    }
    if (first.isEmpty()) {
      first.addAll(values);
    } else {
      sameSets &= new HashSet<>(first).equals(counts.keySet());
      if (first.equals(values)) {
        logChance -= logWays;
        return;
      }
    }
    if (blocks(values, counts.size()) || turns(values, counts.size())) {
      logChance += Math.min(0, Math.log(2) + logFactorial(counts.size()) - logWays);
    } else {
      ordered = false;
    }
  }

  private static boolean blocks(List<String> values, int distinct) {
    int runs = 1;
    for (int i = 1; i < values.size(); i++) {
      runs += values.get(i).equals(values.get(i - 1)) ? 0 : 1;
    }
    return runs == distinct;
  }

  private static boolean turns(List<String> values, int distinct) {
    for (int i = distinct; i < values.size(); i++) {
      if (!values.get(i).equals(values.get(i - distinct))) {
        return false;
      }
    }
    return true;
  }

  /// Whether the values follow from the completions.
  private void answers(List<String> values, List<String> texts, double[] ranks) {
    Map<Double, String> byScore = new HashMap<>();
    Map<String, String> byText = new HashMap<>();
    Map<String, String> byValue = new HashMap<>();
    boolean repeated = false;
    for (int i = 0; i < ranks.length; i++) {
      String before = byScore.putIfAbsent(ranks[i], values.get(i));
      repeated |= before != null;
      ofTheScore &= before == null || before.equals(values.get(i));
      String value = values.get(i);
      ofTheText &= value.length() >= 3 && texts.get(i).contains(value);
      String said = byText.putIfAbsent(texts.get(i), value);
      String text = byValue.putIfAbsent(value, texts.get(i));
      severalTexts |= text != null && !text.equals(texts.get(i));
      // One text under two values: the value does not follow from what was said.
      apart |= said != null && !said.equals(value);
    }
    scored &= repeated;
  }

  private static double logFactorial(int n) {
    double log = 0;
    for (int k = 2; k <= n; k++) {
      log += Math.log(k);
    }
    return log;
  }

  Kind kind() {
    if (varying == 0) {
      return Kind.NOTE;
    }
    if (!severalTexts && !unique) {
      // Each value has one text: it names completions.
      return Kind.NOTE;
    }
    if (Layouts.named("id", column) && parts * 2 <= draws && shared.isEmpty()) {
      // A name that stands for several draws of one prompt alone stands for a question.
      return Kind.PROMPT;
    }
    if (!apart && ((ofTheScore && scored) || ofTheText)) {
      return Kind.NOTE;
    }
    if (unique) {
      return varying > 1 && sameSets && !numbers ? Kind.POLICY : Kind.NOTE;
    }
    if (!ordered || logChance > Math.log(ACCIDENT)) {
      return Kind.NOTE;
    }
    return varying > 1 && shared.isEmpty() ? Kind.PROMPT : Kind.POLICY;
  }

  /// What a person ought to know of the column.
  String words(Kind kind) {
    return kind == Kind.PROMPT
        ? "'%1$s' tells questions apart that are written alike; if it does not, say --map ignore=%1$s"
            .formatted(column)
        : ("'%1$s' splits the draws of a prompt by design, as several models or settings do; if it"
                + " is part of the question say --map asked=%1$s, if it is neither --map"
                + " ignore=%1$s")
            .formatted(column);
  }
}
