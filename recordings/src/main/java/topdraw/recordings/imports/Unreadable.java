package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.BadRows;

/// Counts what could not be read: rows, and scores of rows that could. Where it is more than one in
/// a hundred, the file is probably read wrongly.
final class Unreadable {
  private static final int ONE_IN = 100;

  private final List<String> first = new ArrayList<>();
  private final List<String> firstScores = new ArrayList<>();
  private final List<String> firstBad = new ArrayList<>();
  private long rows;
  private long leftOut;
  private long bad;
  private long scores;

  /// Nothing was read yet.
  Unreadable() {}

  /// What was counted elsewhere.
  Unreadable(
      long rows,
      long leftOut,
      long bad,
      long scores,
      List<String> first,
      List<String> firstBad,
      List<String> firstScores) {
    this.rows = rows;
    this.leftOut = leftOut;
    this.bad = bad;
    this.scores = scores;
    this.first.addAll(first);
    this.firstBad.addAll(firstBad);
    this.firstScores.addAll(firstScores);
  }

  void row() {
    rows++;
  }

  /// A row that could not be read where it is one.
  void bad(String place, String why) {
    leftOut(place, why);
    bad++;
    add(firstBad, place + ": " + why);
  }

  /// Either of these.
  void passedOver(String place, IllegalArgumentException e) {
    String why = e.getMessage() == null ? "unreadable" : e.getMessage();
    if (e instanceof PassedOver) {
      passedOver(place, why);
    } else {
      bad(place, why);
    }
  }

  /// A row that holds no draw and says so.
  void passedOver(String place, String why) {
    leftOut(place, why);
  }

  private void leftOut(String place, String why) {
    leftOut++;
    add(first, place + ": " + why);
  }

  /// A draw whose score could not be read.
  void score(String place, String why) {
    scores++;
    add(firstScores, place + ": " + why);
  }

  private static void add(List<String> list, String line) {
    if (list.size() < BadRows.NAMED) {
      list.add(line);
    }
  }

  /// That there is no draw at all.
  ///
  /// @param file the first file
  /// @param rows how many rows there are
  /// @param first the place of the first that is left out, and why it is
  static InputException noSample(String file, long rows, Optional<String> first) {
    return new InputException(
        Problem.MALFORMED,
        file
            + (rows == 0
                ? ": no rows; one is expected for each completion, with its prompt and its reward"
                : ": none of the rows is a sample; the first is " + first.orElse("an event")));
  }

  long rows() {
    return rows;
  }

  Optional<String> first() {
    return first.stream().findFirst();
  }

  BadRows rowsLeftOut() {
    return new BadRows(leftOut, first);
  }

  /// @param columns takes what a person ought to know where it is no error
  /// @throws InputException if too much cannot be read
  void require(boolean lenient, List<String> columns) {
    long all = bad + scores;
    if (all * ONE_IN > rows && !lenient) {
      List<String> places = new ArrayList<>(firstBad);
      firstScores.forEach(line -> add(places, line));
      throw new InputException(
          Problem.MALFORMED,
          "%d of %d rows cannot be read, more than 1 %%; the first: %s; mend them, name their columns with --map, or read the others with --lenient"
              .formatted(all, rows, String.join("; ", places)));
    }
    if (scores > 0) {
      columns.add(
          "%d of %d rows have a score that cannot be read; they are draws without a score; the first: %s"
              .formatted(scores, rows, String.join("; ", firstScores)));
    }
  }
}
