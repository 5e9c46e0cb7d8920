package topdraw.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/// Goes through the rows of a partition prompt by prompt, and holds no more than one of them.
final class Prompts {
  private final Iterator<Row> rows;
  private @Nullable Row next;

  Prompts(Iterator<Row> rows) {
    this.rows = rows;
    advance();
  }

  /// Takes the draws of a prompt.
  interface Taker {
    /// Takes a draw.
    ///
    /// @param sample its row
    void draw(Row sample);
  }

  /// What is known of a prompt when its last draw was taken.
  ///
  /// @param hash what tells it from others
  /// @param first where its first row stands among all
  /// @param key what it is called
  /// @param words what was asked
  record Known(PromptHash hash, long first, String key, String words) {}

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }

  /// Hands over what the tasks saw that read the rows of this partition.
  ///
  /// @return the next survey; null where a prompt comes next, or nothing
  @Nullable Survey survey() {
    Survey survey = next == null ? null : SampleTable.survey(next);
    if (survey != null) {
      advance();
    }
    return survey;
  }

  boolean hasNext() {
    while (next != null && !next.isNullAt(SampleTable.SURVEY)) {
      advance(); // asked for in the survey only
    }
    return next != null;
  }

  /// The hash of the next prompt.
  PromptHash hash() {
    return SampleTable.prompt(current());
  }

  /// Goes through the draws of the next prompt.
  Known next(Taker taker) {
    Row first = current();
    PromptHash hash = SampleTable.prompt(first);
    long row = first.getLong(SampleTable.ROW);
    String key = null;
    String words = null;
    for (Row now = first;
        now != null && now.isNullAt(SampleTable.SURVEY) && SampleTable.prompt(now).equals(hash);
        now = next) {
      if (key == null && !now.isNullAt(SampleTable.KEY)) {
        key = now.getString(SampleTable.KEY);
        words = now.getString(SampleTable.PROMPT);
      }
      taker.draw(now);
      advance();
    }
    return new Known(hash, row, Objects.requireNonNull(key), Objects.requireNonNull(words));
  }

  private Row current() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return Objects.requireNonNull(next);
  }
}
