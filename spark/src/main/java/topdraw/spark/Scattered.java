package topdraw.spark;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/// The draws of one task, made as they are asked for, and at last what was seen of its rows.
abstract class Scattered implements Iterator<Row> {
  final Reading.Task task;
  private final int slice;
  private final Queue<Row> waiting = new ArrayDeque<>();
  private boolean ended;

  /// @param slice which task it is
  Scattered(Reading reading, int slice) {
    task = reading.task();
    this.slice = slice;
  }

  /// Reads the next row, which may hold nothing.
  ///
  /// @param out takes its draws
  /// @return whether there was one
  abstract boolean read(Consumer<Row> out);

  @Override
  public boolean hasNext() {
    while (waiting.isEmpty() && !ended) {
      if (!read(waiting::add)) {
        ended = true;
        waiting.add(SampleTable.survey(slice, task.survey()));
      }
    }
    return !waiting.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return waiting.remove();
  }
}
