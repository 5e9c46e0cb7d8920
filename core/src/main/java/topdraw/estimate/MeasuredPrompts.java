package topdraw.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import topdraw.audit.Verdict;

/// What was measured of all prompts for one question: a row of numbers each, as the question lays
/// them out. Prompts count from 0, in the order of their positions.
public final class MeasuredPrompts {
  private final int[] rows;
  private final int[] byKey;
  private final int[] draws;
  private final Rows numbers;
  private final SortedMap<Integer, Portrait> portraits;
  private final List<Verdict> verdicts;

  /// @param rows where each prompt stands in the columns
  /// @param byKey the prompts in the order of their keys' hashes
  MeasuredPrompts(
      int[] rows,
      int[] byKey,
      int[] draws,
      Rows numbers,
      SortedMap<Integer, Portrait> portraits,
      List<Verdict> verdicts) {
    this.rows = rows;
    this.byKey = byKey;
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

  /// The portraits of the first prompts, by prompt.
  SortedMap<Integer, Portrait> portraits() {
    return portraits;
  }

  /// Some prompts in the order of a hash of their keys.
  ///
  /// @param some which are meant
  /// @return those prompts
  public int[] byKey(IntPredicate some) {
    return Arrays.stream(byKey).filter(some).toArray();
  }

  /// A number of every prompt that is asked for it.
  ///
  /// @param asked which prompts are
  /// @param number their number, NaN where the draws cannot say
  /// @return the numbers
  public Column column(IntPredicate asked, IntToDoubleFunction number) {
    int[] meant = IntStream.range(0, count()).filter(asked).toArray();
    return new Column(
        Arrays.stream(meant).mapToDouble(number).toArray(),
        () -> Arrays.stream(byKey(asked)).mapToDouble(number).toArray(),
        Arrays.stream(meant).mapToLong(this::draws).sum());
  }
}
