package topdraw.words;

import java.util.List;
import topdraw.theory.law.OutcomeTable;

/// An outcome table whose outcomes have names.
///
/// @param table the reference policy
/// @param names one an outcome, in its order
/// @param rewarded whether rewards were given; if not, ranks stand in for them
public record NamedTable(OutcomeTable table, List<String> names, boolean rewarded) {
  /// Copies the names.
  public NamedTable {
    names = List.copyOf(names);
  }
}
