package topdraw.gateway.ledger;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// What a database's failures mean to a person, in one line.
final class Failures {
  private Failures() {}

  /// What can be done about a failure of SQLite, or just what it says.
  static LedgerException ofSqlite(Database.Sqlite database, SQLException failed) {
    String why =
        switch (code(failed)) {
          case SQLITE_FULL -> "its disk is full";
          case SQLITE_BUSY, SQLITE_LOCKED -> "another program has held its lock for too long";
          case SQLITE_READONLY -> "it may not be written";
          default -> firstLine(failed);
        };
    return new LedgerException(
        "the drift ledger in " + database + " cannot be written: " + why, failed);
  }

  /// The file that was opened is no longer at its place.
  static LedgerException gone(Database.Sqlite database) {
    return new LedgerException(
        "the drift ledger in "
            + database
            + " was deleted or moved while it was open; put it back and start the gateway again",
        null);
  }

  static boolean busy(SQLException failed) {
    SQLiteErrorCode code = code(failed);
    return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
  }

  /// What a user can mend when a ledger cannot be opened.
  static Optional<InputException> mendable(Database database, LedgerException failed) {
    if (!(failed.getCause() instanceof SQLException cause)) {
      return Optional.empty();
    }
    return switch (database) {
      case Database.Sqlite sqlite -> mendable(sqlite, cause);
      case Database.Postgresql postgresql -> mendable(postgresql, cause);
    };
  }

  private static Optional<InputException> mendable(Database.Sqlite database, SQLException failed) {
    String why =
        switch (code(failed)) {
          case SQLITE_NOTADB, SQLITE_CORRUPT ->
              " is no SQLite database, or is damaged; name another";
          case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH ->
              " cannot be opened for writing; name a file in a folder that you may write to";
          default -> "";
        };
    return why.isEmpty()
        ? Optional.empty()
        : Optional.of(new InputException(Problem.CONFLICT, database.file(), why).by(failed));
  }

  /// The primary code: an extended one holds it in its last eight bits.
  private static SQLiteErrorCode code(SQLException failed) {
    return failed instanceof SQLiteException known
        ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & 0xff)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  static LedgerException ofPostgresql(Database.Postgresql database, SQLException failed) {
    String state = state(failed);
    String why =
        switch (state) {
          case "53100" -> "its disk is full";
          case "55P03" -> "another program has held its lock for too long";
          default ->
              unreachable(state)
                  ? "it cannot be reached: " + firstLine(deepest(failed))
                  : firstLine(deepest(failed));
        };
    return new LedgerException(
        "the drift ledger at " + database + " cannot be written: " + why, failed);
  }

  /// Whether the connection is gone, or never was.
  static boolean unreachable(String state) {
    return state.startsWith("08") || state.startsWith("57P");
  }

  /// No such user, password or database, and no right to make tables.
  private static Optional<InputException> mendable(
      Database.Postgresql database, SQLException failed) {
    String state = state(failed);
    boolean mendable = state.startsWith("28") || state.equals("3D000") || state.equals("42501");
    return mendable
        ? Optional.of(
            new InputException(
                    Problem.CONFLICT,
                    "the drift ledger at "
                        + database
                        + " cannot be opened: "
                        + firstLine(deepest(failed)))
                .by(failed))
        : Optional.empty();
  }

  /// PostgreSQL's code of what went wrong, where the pool has wrapped it too.
  static String state(SQLException failed) {
    String state = deepest(failed).getSQLState();
    return state == null ? "" : state;
  }

  private static SQLException deepest(SQLException failed) {
    SQLException last = failed;
    for (@Nullable Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException inner) {
        last = inner;
      }
    }
    return last;
  }

  private static String firstLine(SQLException failed) {
    String text = failed.getMessage();
    return text == null ? failed.getClass().getSimpleName() : text.lines().findFirst().orElse("");
  }
}
