package topdraw.estimate;

/// The numbers of a [MeasureGrid] that were measured of prompts; for one thread.
final class GridNumbers {
  private final MeasuredPrompts measured;
  private final MeasureGrid grid;
  private final int first;

  // As the prompt before had it; mostly all have the same.
  private long told;
  private boolean spread;
  private int[] columns;

  /// @param measured what was measured of all prompts
  /// @param grid how it is laid out
  /// @param first the column where the numbers of the grid begin
  GridNumbers(MeasuredPrompts measured, MeasureGrid grid, int first) {
    this.measured = measured;
    this.grid = grid;
    this.first = first;
    columns = grid.columns(0, false);
  }

  /// A number of a prompt, NaN where its draws cannot say.
  ///
  /// @param prompt from 0
  /// @param i which of the grid's n, from 0
  /// @param measure which measure, from 0
  double at(int prompt, int i, int measure) {
    return at(prompt, i, measure, 0);
  }

  /// One of the numbers of a measure's reading.
  ///
  /// @param part which of them, from 0; those after the first may not have been measured
  double at(int prompt, int i, int measure, int part) {
    long toldHere = (long) measured.number(prompt, first);
    boolean spreadHere = measured.number(prompt, first + 1) == 1;
    if (toldHere != told || spreadHere != spread) {
      told = toldHere;
      spread = spreadHere;
      columns = grid.columns(told, spread);
    }
    int column = columns[measure] + part;
    if (column >= columns[measure + 1]) {
      return Double.NaN;
    }
    int width = columns[columns.length - 1];
    return measured.number(prompt, first + MeasureGrid.HEAD + i * width + column);
  }
}
