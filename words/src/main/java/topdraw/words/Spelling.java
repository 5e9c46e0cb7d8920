package topdraw.words;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// What somebody may have meant by a name that is not known.
public final class Spelling {
  private static final int OFFERED = 3;

  private Spelling() {}

  /// The known names nearest to a wrong one, nearest first.
  ///
  /// @param wrong the name that is not known
  /// @param known those that are
  /// @return three of them, or as many as there are
  public static List<String> near(String wrong, Collection<String> known) {
    return known.stream()
        .sorted(Comparator.comparingInt(name -> edits(wrong, name)))
        .limit(OFFERED)
        .toList();
  }

  /// The fewest letters to add, drop or change that make one word the other.
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
