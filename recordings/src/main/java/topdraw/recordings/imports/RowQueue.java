package topdraw.recordings.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.recordings.imports.ScatteredRows.Read;
import topdraw.recordings.imports.ScatteredRows.Taken;

/// Rows that wait to be read, many at once on all cores, and are handed on in their order.
final class RowQueue implements RowConsumer {
  private static final int ROWS = 512;

  /// Bytes in memory, about: a row may have millions.
  private static final long SIZE = 4L << 20;

  /// What a list or an object takes, and each value in one beside what it is itself.
  private static final int CONTAINER = 128;

  private static final int VALUE = 48;

  /// Takes what rows hold, in their order.
  @FunctionalInterface
  interface Folding {
    void take(String place, Taken row) throws IOException;
  }

  private sealed interface Waiting {
    String place();
  }

  private record Line(String place, byte[] bytes, boolean whole) implements Waiting {}

  private record Tree(String place, JsonNode row) implements Waiting {}

  private record Bad(String place, String why) implements Waiting {}

  /// What became of a row: it was read, or it ends the reading.
  private record Outcome(@Nullable Taken row, @Nullable RuntimeException refused) {}

  private final ScatteredRows.Reader reader;
  private final Folding folding;
  private final List<Waiting> waiting = new ArrayList<>();
  private long size;

  RowQueue(ScatteredRows.Reader reader, Folding folding) {
    this.reader = reader;
    this.folding = folding;
  }

  @Override
  public void row(String place, JsonNode row) throws IOException {
    add(new Tree(place, row), size(row));
  }

  @Override
  public void bad(String place, String why) throws IOException {
    add(new Bad(place, why), 0);
  }

  @Override
  public void line(String place, byte[] line, boolean whole) throws IOException {
    add(new Line(place, line, whole), line.length);
  }

  private static long size(JsonNode row) {
    if (!row.isContainer()) {
      return row.isString() ? row.stringValue().length() : 0;
    }
    long size = CONTAINER;
    for (JsonNode inner : row) {
      size += VALUE + size(inner);
    }
    return size;
  }

  private void add(Waiting row, long length) throws IOException {
    waiting.add(row);
    size += length;
    if (waiting.size() >= ROWS || size >= SIZE) {
      drain();
    }
  }

  /// Hands on all that waits.
  void drain() throws IOException {
    List<Outcome> outcomes = waiting.parallelStream().map(this::outcome).toList();
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (outcome.refused() != null) {
        throw outcome.refused();
      }
      if (outcome.row() != null) {
        folding.take(waiting.get(i).place(), outcome.row());
      }
    }
    waiting.clear();
    size = 0;
  }

  private Outcome outcome(Waiting row) {
    try {
      return new Outcome(
          switch (row) {
            case Line(String place, byte[] bytes, boolean whole) ->
                reader.takenLine(place, bytes, whole);
            case Tree(String place, JsonNode tree) -> reader.taken(place, tree);
            case Bad(String place, String why) -> new Taken(new Read.Bad(why), null);
          },
          null);
    } catch (RuntimeException e) {
      return new Outcome(null, e); // thrown when its turn comes
    }
  }
}
