package topdraw.gateway.ledger;

import java.sql.SQLException;
import java.util.List;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// The tables, the same in both databases. Numbers of nats are doubles, as they are in the program,
/// and times are milliseconds since 1970.
final class Schema {
  private static final int VERSION = 1;

  private static final String META =
      """
      CREATE TABLE IF NOT EXISTS topdraw_meta (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL)
      """;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE topdraw_instance (
            id BIGINT PRIMARY KEY,
            name TEXT NOT NULL,
            started BIGINT NOT NULL)
          """,
          """
          CREATE TABLE topdraw_account (
            id BIGINT PRIMARY KEY,
            key_name TEXT NOT NULL,
            alias TEXT NOT NULL,
            UNIQUE (key_name, alias))
          """,
          // What was settled, summed: a request reads the sums and what is open, and nothing else.
          """
          CREATE TABLE topdraw_ledger (
            account BIGINT NOT NULL REFERENCES topdraw_account (id),
            number BIGINT NOT NULL,
            window_start BIGINT NOT NULL,
            window_length BIGINT NOT NULL,
            top DOUBLE PRECISION NOT NULL,
            entries BIGINT NOT NULL,
            answers BIGINT NOT NULL,
            requests BIGINT NOT NULL,
            total DOUBLE PRECISION NOT NULL,
            variation DOUBLE PRECISION NOT NULL,
            textbook DOUBLE PRECISION NOT NULL,
            PRIMARY KEY (account, number))
          """,
          // The columns after "admitted" are filled in when the answer is settled. "requests" to
          // "textbook_total" are the ledger's sums then; "known" is its "requests" at admission.
          """
          CREATE TABLE topdraw_entry (
            account BIGINT NOT NULL,
            ledger BIGINT NOT NULL,
            number BIGINT NOT NULL,
            n BIGINT NOT NULL,
            most DOUBLE PRECISION NOT NULL,
            textbook DOUBLE PRECISION NOT NULL,
            known BIGINT NOT NULL,
            foretold DOUBLE PRECISION NOT NULL,
            instance BIGINT NOT NULL REFERENCES topdraw_instance (id),
            admitted BIGINT NOT NULL,
            drift DOUBLE PRECISION,
            settled BIGINT,
            answers BIGINT,
            requests BIGINT,
            total DOUBLE PRECISION,
            variation DOUBLE PRECISION,
            textbook_total DOUBLE PRECISION,
            PRIMARY KEY (account, ledger, number),
            FOREIGN KEY (account, ledger) REFERENCES topdraw_ledger (account, number))
          """,
          "CREATE INDEX topdraw_window ON topdraw_ledger (account, window_start, window_length)",
          """
          CREATE INDEX topdraw_open ON topdraw_entry (account, ledger, number)
          WHERE drift IS NULL
          """);

  private Schema() {}

  /// Makes the tables where there are none.
  ///
  /// @throws InputException if a newer program made them
  static void prepare(Session session, String place) throws SQLException {
    session.all(_ -> 0, session.dialect().schemaLock());
    session.execute(META);
    String version =
        session
            .one(row -> row.getString(1), "SELECT value FROM topdraw_meta WHERE name = 'schema'")
            .orElse("");
    if (version.isEmpty()) {
      for (String table : TABLES) {
        session.execute(table);
      }
      session.update("INSERT INTO topdraw_meta VALUES ('schema', ?)", String.valueOf(VERSION));
    } else if (!version.equals(String.valueOf(VERSION))) {
      throw new InputException(
          Problem.UNSUPPORTED,
          "the drift ledger in %s has layout %s and this Topdraw knows layout %d; use the newer Topdraw, or another place"
              .formatted(place, version, VERSION));
    }
  }
}
