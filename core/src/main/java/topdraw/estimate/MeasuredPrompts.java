package topdraw.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import topdraw.audit.Verdict;

/// What was measured of all prompts for one question: a row of numbers each, as the question lays
/// them out. Prompts count from 0, in the order of a hash of their keys, of which nothing that was
/// drawn knows: so bets, sums and halves of prompts are the same however a file is sorted.
public final class MeasuredPrompts {
  private final int[] rows;
  private final int[] prompts;
  private final int[] draws;
  private final Rows numbers;
  private final Map<Integer, Portrait> portraits;
  private final List<Verdict> verdicts;

  /// @param rows where each prompt stands in the columns
  /// @param portraits by prompt, in the order of their positions
  MeasuredPrompts(
      int[] rows,
      int[] draws,
      Rows numbers,
      Map<Integer, Portrait> portraits,
      List<Verdict> verdicts) {
    this.rows = rows;
    prompts = Order.inverse(rows);
    this.draws = draws;
    this.numbers = numbers;
    this.portraits = portraits;
    this.verdicts = verdicts;
  }

  /// How many prompts there are.
  ///
  /// @return 0 or more
  public int count() {
    return rows.length;
  }

  /// How many draws a prompt has.
  ///
  /// @param prompt from 0
  /// @return at least 1
  public int draws(int prompt) {
    return draws[rows[prompt]];
  }

  /// How many numbers a prompt has.
  ///
  /// @param prompt from 0
  /// @return 0 where it says nothing
  public int length(int prompt) {
    return numbers.length(rows[prompt]);
  }

  /// A number of a prompt.
  ///
  /// @param prompt from 0
  /// @param column which of its numbers, from 0
  /// @return the number, NaN where the draws cannot say
  public double number(int prompt, int column) {
    return numbers.at(rows[prompt], column);
  }

  /// The audit of all prompts, as far as it concerns the question.
  ///
  /// @return the verdicts
  public List<Verdict> verdicts() {
    return verdicts;
  }

  /// The portraits of the first prompts by position, in that order.
  Map<Integer, Portrait> portraits() {
    return portraits;
  }

  /// A number of every prompt that is asked for it.
  ///
  /// @param asked which prompts are
  /// @param number their number, NaN where the draws cannot say
  /// @return the numbers
  public Column column(IntPredicate asked, IntToDoubleFunction number) {
    var values = new double[count()];
    for (int prompt : prompts) { // as they stand in memory
      values[prompt] = asked.test(prompt) ? number.applyAsDouble(prompt) : Double.NaN;
    }
    int meant = 0;
    long samples = 0;
    for (int prompt = 0; prompt < values.length; prompt++) {
      if (asked.test(prompt)) {
        values[meant++] = values[prompt];
        samples += draws(prompt);
      }
    }
    return new Column(meant == values.length ? values : Arrays.copyOf(values, meant), samples);
  }
}
