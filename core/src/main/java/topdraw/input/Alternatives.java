package topdraw.input;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a person may have meant by a name that is not there.
public final class Alternatives {
  private Alternatives() {}

  /// What there is, for the end of a message: the nearest name first, where one is near.
  ///
  /// @param wrong the name that is not there
  /// @param known the names that are
  /// @return such as `; did you mean correct? There is correct, judge`
  public static String told(String wrong, Collection<String> known) {
    return told(wrong, known, List.of());
  }

  /// The same where other names would do too that are too many to list.
  ///
  /// @param wrong the name that is not there
  /// @param known the names that are listed
  /// @param others names that may have been meant, and are not listed
  /// @return such as `; did you mean correct? There is judge`
  public static String told(String wrong, Collection<String> known, Collection<String> others) {
    String all = listed(known);
    return nearest(wrong, Stream.concat(known.stream(), others.stream()).toList())
        .map(near -> "; did you mean " + listed(List.of(near)) + "? There is " + all)
        .orElse("; there is " + all);
  }

  /// Names that somebody else gave, for a message of one line.
  ///
  /// @param names the names
  /// @return all of them, without line breaks and other control characters
  public static String listed(Collection<String> names) {
    return names.stream()
        .map(name -> name.replaceAll("\\p{Cntrl}+", " "))
        .collect(Collectors.joining(", "));
  }

  /// The known name that a slip of the keyboard may have made this of.
  ///
  /// @param wrong the name that is not there
  /// @param known the names that are
  /// @return the nearest, at most a third of its letters off, capitals aside; empty where none is
  public static Optional<String> nearest(String wrong, Collection<String> known) {
    return known.stream()
        .filter(
            name -> slips(wrong, name) <= Math.max(1, Math.min(wrong.length(), name.length()) / 3))
        .min(Comparator.comparingInt(name -> slips(wrong, name)));
  }

  /// Letters to leave out, put in, change or exchange with their neighbour.
  ///
  /// Source: Damerau (1964), *A technique for computer detection and correction of spelling
  /// errors*; the distance of optimal string alignment.
  private static int slips(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    Arrays.setAll(last, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[b.length()];
  }
}
