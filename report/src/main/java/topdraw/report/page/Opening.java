package topdraw.report.page;

import java.util.List;
import java.util.Optional;
import topdraw.report.figure.Figure;
import topdraw.theory.finding.Finding;

/// What a page says first: a few sentences, one picture and one table.
///
/// @param sentences what to take away
/// @param picture the picture
/// @param table the numbers behind the sentences
public record Opening(List<String> sentences, Figure picture, Table table) {
  /// Copies the list.
  public Opening {
    sentences = List.copyOf(sentences);
  }

  /// A table of findings.
  ///
  /// @param caption what it holds
  /// @param columns what stands over each number, after the names of the rows
  /// @param rows its rows
  public record Table(String caption, List<String> columns, List<Row> rows) {
    /// Copies the lists.
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /// A row of a table.
  ///
  /// @param name what the row is of
  /// @param numbers one for each column; empty where it is not known
  public record Row(String name, List<Optional<Finding>> numbers) {
    /// Copies the list.
    public Row {
      numbers = List.copyOf(numbers);
    }
  }
}
