package topdraw.recordings.imports;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import topdraw.recordings.BadRows;

/// Counts what could not be read of rows that are read in many places. What is said of the whole
/// does not depend on which rows were read where.
public final class ScatteredCounts implements Serializable {
  private static final long serialVersionUID = 1;

  private final TreeMap<Long, String> leftOut = new TreeMap<>();
  private final TreeMap<Long, String> bad = new TreeMap<>();
  private final TreeMap<Long, String> scores = new TreeMap<>();
  private long rows;
  private long samples;
  private long leftOutCount;
  private long badCount;
  private long scoreCount;

  /// Nothing was read yet.
  public ScatteredCounts() {}

  /// Counts a row.
  ///
  /// @param row where it stands among all
  /// @param place the same for a person
  /// @param read what it holds
  public void add(long row, String place, ScatteredRows.Read read) {
    switch (read) {
      case ScatteredRows.Read.Samples found -> {
        rows++;
        samples += found.draws().size();
        if (found.unreadable().isPresent()) {
          scoreCount++;
          keep(scores, row, place + ": " + found.unreadable().get());
        }
      }
      case ScatteredRows.Read.PassedOver(String why) -> {
        rows++;
        leftOutCount++;
        keep(leftOut, row, place + ": " + why);
      }
      case ScatteredRows.Read.Bad(String why) -> {
        rows++;
        leftOutCount++;
        badCount++;
        keep(leftOut, row, place + ": " + why);
        keep(bad, row, place + ": " + why);
      }
      case ScatteredRows.Read.Event event -> rows++;
      case ScatteredRows.Read.Nothing nothing -> {}
    }
  }

  private static void keep(NavigableMap<Long, String> first, long row, String line) {
    first.put(row, line);
    if (first.size() > BadRows.NAMED) {
      first.pollLastEntry();
    }
  }

  /// Takes in what was counted elsewhere.
  ///
  /// @param other of other rows
  public void add(ScatteredCounts other) {
    other.leftOut.forEach((row, line) -> keep(leftOut, row, line));
    other.bad.forEach((row, line) -> keep(bad, row, line));
    other.scores.forEach((row, line) -> keep(scores, row, line));
    rows += other.rows;
    samples += other.samples;
    leftOutCount += other.leftOutCount;
    badCount += other.badCount;
    scoreCount += other.scoreCount;
  }

  /// How many draws there are.
  ///
  /// @return 0 or more
  public long samples() {
    return samples;
  }

  /// The rows that are left out.
  ///
  /// @return their number and the first of them
  public BadRows bad() {
    return new BadRows(leftOutCount, List.copyOf(leftOut.values()));
  }

  /// Holds what could not be read to what may be left out.
  ///
  /// @param file the first file
  /// @param lenient whether any number may
  /// @return what a person ought to know where it is no error
  /// @throws topdraw.input.InputException if there is no draw, or too much could not be read
  public List<String> require(String file, boolean lenient) {
    if (samples == 0) {
      throw Unreadable.noSample(file, rows, leftOut.values().stream().findFirst());
    }
    List<String> words = new ArrayList<>();
    new Unreadable(
            rows,
            leftOutCount,
            badCount,
            scoreCount,
            List.copyOf(leftOut.values()),
            List.copyOf(bad.values()),
            List.copyOf(scores.values()))
        .require(lenient, words);
    return words;
  }
}
