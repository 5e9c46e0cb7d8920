package topdraw.gateway.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A connection inside a transaction. Every statement is prepared, once for as long as the session
/// lasts.
final class Session implements AutoCloseable {
  /// Reads one row.
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  private PreparedStatement statement(String sql, Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  void execute(String sql) throws SQLException {
    statement(sql).execute();
  }

  int update(String sql, Object... values) throws SQLException {
    return statement(sql, values).executeUpdate();
  }

  <T> List<T> all(Row<T> reader, String sql, Object... values) throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = statement(sql, values).executeQuery()) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    }
    return found;
  }

  <T> Optional<T> one(Row<T> reader, String sql, Object... values) throws SQLException {
    return all(reader, sql, values).stream().findFirst();
  }

  /// Closes the statements, and not the connection.
  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }
}
