package topdraw.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import topdraw.draw.PromptDraws;

/// What is known of all prompts before any is measured: where each begins, and which are called
/// alike. 40 bytes a prompt, so far less than its measurement.
final class Surveyed implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int NUMBERS = 4;
  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int FIRST = 2;
  private static final int CALLED = 3;

  private final Survey seen = new Survey();
  private long[] prompts = new long[NUMBERS * 8];
  private int count;

  /// Looks at a partition.
  static Surveyed of(Iterator<Row> rows) {
    Surveyed surveyed = new Surveyed();
    Prompts prompts = new Prompts(rows);
    while (true) {
      Survey survey = prompts.survey();
      if (survey != null) {
        surveyed.seen.add(survey);
      } else if (prompts.hasNext()) {
        Prompts.Known known = prompts.next(sample -> {});
        surveyed.add(
            known.hash().high(), known.hash().low(), known.first(), PromptDraws.order(known.key()));
      } else {
        return surveyed;
      }
    }
  }

  private void add(long high, long low, long first, long called) {
    if (NUMBERS * count == prompts.length) {
      prompts = Arrays.copyOf(prompts, 2 * prompts.length);
    }
    prompts[NUMBERS * count + HIGH] = high;
    prompts[NUMBERS * count + LOW] = low;
    prompts[NUMBERS * count + FIRST] = first;
    prompts[NUMBERS * count++ + CALLED] = called;
  }

  void add(Surveyed other) {
    seen.add(other.seen);
    for (int p = 0; p < other.count; p++) {
      add(
          other.number(p, HIGH),
          other.number(p, LOW),
          other.number(p, FIRST),
          other.number(p, CALLED));
    }
  }

  private long number(int prompt, int which) {
    return prompts[NUMBERS * prompt + which];
  }

  private PromptHash hash(int prompt) {
    return new PromptHash(number(prompt, HIGH), number(prompt, LOW));
  }

  Survey seen() {
    return seen;
  }

  int prompts() {
    return count;
  }

  /// The first prompts by where they begin, each with its rank from 0.
  Map<PromptHash, Integer> first(int most) {
    int[] order = order(FIRST);
    HashMap<PromptHash, Integer> ranks = new HashMap<>();
    for (int rank = 0; rank < Math.min(most, order.length); rank++) {
      ranks.put(hash(order[rank]), rank);
    }
    return ranks;
  }

  /// Which of the prompts of one key each is, from 2 on: the first is not told apart.
  Map<PromptHash, Integer> nth() {
    int[] order = order(CALLED);
    HashMap<PromptHash, Integer> nth = new HashMap<>();
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && number(order[to], CALLED) == number(order[from], CALLED)) {
        to++;
      }
      if (to - from > 1) {
        List<Integer> alike = new ArrayList<>();
        for (int k = from; k < to; k++) {
          alike.add(order[k]);
        }
        alike.sort((a, b) -> Long.compare(number(a, FIRST), number(b, FIRST)));
        for (int k = 1; k < alike.size(); k++) {
          nth.put(hash(alike.get(k)), k + 1);
        }
      }
      from = to;
    }
    return nth;
  }

  /// The prompts in the order of one of their numbers.
  private int[] order(int which) {
    record Numbered(long number, int prompt) {}
    Numbered[] numbered = new Numbered[count];
    Arrays.setAll(numbered, p -> new Numbered(number(p, which), p));
    Arrays.sort(numbered, (a, b) -> Long.compare(a.number(), b.number()));
    return Arrays.stream(numbered).mapToInt(Numbered::prompt).toArray();
  }

  /// The events of a file beside its samples, by file.
  Map<Integer, Long> events() {
    return seen.events();
  }
}
