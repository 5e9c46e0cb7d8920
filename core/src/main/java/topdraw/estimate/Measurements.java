package topdraw.estimate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import topdraw.audit.Audit;

/// The measurements of many prompts, held in few arrays. Those of other prompts merge into them,
/// and no number depends on the order of merging, on which prompts were measured together, or on
/// where a prompt stands: answers go through the prompts in the order of a hash of their keys.
/// Positions tell which prompts are pictured, and in what order those of one key come.
public final class Measurements implements Serializable {
  private static final long serialVersionUID = 1;

  private final Questions questions;
  private final Audit audit;
  private final ArrayList<Rows> numbers = new ArrayList<>();
  private final ArrayList<Portraits> portraits = new ArrayList<>();
  private long[] positions = new long[8];
  private long[] orders = new long[8];
  private int[] draws = new int[8];
  private int count;

  /// No measurement yet.
  ///
  /// @param questions what is asked
  public Measurements(Questions questions) {
    this.questions = questions;
    audit = questions.audit();
    for (int q = 0; q < questions.size(); q++) {
      numbers.add(new Rows());
      portraits.add(new Portraits());
    }
  }

  /// Adds the measurement of a prompt.
  ///
  /// @param one measured by the same questions
  public void add(Measurement one) {
    if (count == positions.length) {
      resize(2 * count);
    }
    positions[count] = one.position();
    orders[count] = one.order();
    draws[count++] = one.draws();
    for (int q = 0; q < numbers.size(); q++) {
      numbers.get(q).add(one.numbers(q));
      portraits.get(q).add(one.position(), one.portrait(q));
    }
    audit.merge(one.audit());
  }

  /// Adds the measurements of other prompts.
  ///
  /// @param others measured by the same questions; left as they are
  public void add(Measurements others) {
    int all = count + others.count;
    if (all > positions.length) {
      resize(Math.max(all, 2 * count));
    }
    System.arraycopy(others.positions, 0, positions, count, others.count);
    System.arraycopy(others.orders, 0, orders, count, others.count);
    System.arraycopy(others.draws, 0, draws, count, others.count);
    count = all;
    for (int q = 0; q < numbers.size(); q++) {
      numbers.get(q).addAll(others.numbers.get(q));
      portraits.get(q).addAll(others.portraits.get(q));
    }
    audit.merge(others.audit);
  }

  private void resize(int size) {
    positions = Arrays.copyOf(positions, size);
    orders = Arrays.copyOf(orders, size);
    draws = Arrays.copyOf(draws, size);
  }

  /// How many prompts were measured.
  ///
  /// @return 0 or more
  public int prompts() {
    return count;
  }

  /// What was measured for one question.
  ///
  /// @param question one of those asked
  /// @return the numbers of all prompts, and the audit
  /// @throws IllegalArgumentException if it was not asked
  /// @throws IllegalStateException if a prompt was added twice
  public MeasuredPrompts of(Question question) {
    int index = questions.indexOf(question);
    int[] inOrder = Order.of(Arrays.copyOf(positions, count));
    for (int i = 1; i < count; i++) {
      if (positions[inOrder[i]] == positions[inOrder[i - 1]]) {
        throw new IllegalStateException(
            "two measurements are of the prompt at position " + positions[inOrder[i]]);
      }
    }
    int[] byKey = Order.of(Arrays.stream(inOrder).mapToLong(row -> orders[row]).toArray());
    int[] rows = Arrays.stream(byKey).map(rank -> inOrder[rank]).toArray();
    return new MeasuredPrompts(
        rows,
        draws,
        numbers.get(index),
        portraits.get(index).among(Arrays.stream(rows).mapToLong(row -> positions[row]).toArray()),
        audit.verdicts(question.rewards()));
  }
}
