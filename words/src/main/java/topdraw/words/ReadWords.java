package topdraw.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is said of recorded samples once they are opened.
public final class ReadWords {
  private ReadWords() {}

  /// What was taken for what, and what could not be read.
  ///
  /// @param columns a line a file
  /// @param bad how many rows could not be read
  /// @param first the first of them
  /// @return lines
  public static List<String> lines(List<String> columns, long bad, List<String> first) {
    List<String> lines = new ArrayList<>();
    columns.forEach(line -> lines.add("columns of " + Visible.of(line)));
    if (bad > 0) {
      lines.add(Counted.of(bad, "row") + " cannot be read and left out; the first:");
      first.forEach(line -> lines.add("  " + Visible.of(line)));
    }
    return lines;
  }

  /// Why rows that cannot be read are an error.
  ///
  /// @param bad how many there are
  /// @param first the first of them
  /// @return a sentence
  public static String refused(long bad, List<String> first) {
    return "%s (--strict; %d such row%s)"
        .formatted(String.join("; ", first), bad, bad == 1 ? "" : "s");
  }

  /// That a run is not finished.
  ///
  /// @param name what it is called
  /// @param chosen whether some of its prompts were chosen
  /// @param missing draws of these that are not there
  /// @param notBegun prompts whose words it does not know, so that nobody can tell whether they are
  ///   chosen
  /// @return a sentence; empty where nothing is missing
  public static Optional<String> unfinished(
      String name, boolean chosen, long missing, long notBegun) {
    if (missing == 0 && notBegun == 0) {
      return Optional.empty();
    }
    return Optional.of(
        name
            + " is not finished: "
            + Counted.of(missing, "draw")
            + (chosen ? " of the chosen prompts are" : " of it are")
            + " not there"
            + (notBegun == 0
                ? ""
                : ", and "
                    + Counted.of(notBegun, "prompt")
                    + " not begun, whose words it does not know")
            + "; topdraw run goes on with it");
  }
}
