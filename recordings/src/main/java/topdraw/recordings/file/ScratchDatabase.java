package topdraw.recordings.file;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import topdraw.file.Scratch;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// A temporary folder of its own with a DuckDB database in it, on disk, so that memory does not
/// grow with the rows. DuckDB is loaded when the database is first asked for. [#close] removes all.
public final class ScratchDatabase implements AutoCloseable {
  private static final String WHOLE = "1GB";

  private final Scratch scratch;
  private @Nullable DuckDBConnection duck;

  private ScratchDatabase(Scratch scratch) {
    this.scratch = scratch;
  }

  /// Refuses what would need DuckDB where it is not: it is an optional dependency of this module.
  ///
  /// @param what what needs it, as a sentence begins
  /// @throws InputException if it is not on the class path
  public static void require(String what) {
    try {
      Class.forName("org.duckdb.DuckDBConnection", false, ScratchDatabase.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new InputException(
              Problem.MISSING,
              what + " need DuckDB, which is not on the class path; add org.duckdb:duckdb_jdbc")
          .by(e);
    }
  }

  /// Makes the folder.
  ///
  /// @return the folder, without a database
  /// @throws IOException if there is no room for it
  public static ScratchDatabase open() throws IOException {
    return new ScratchDatabase(Scratch.open());
  }

  /// The database, made when first asked for.
  ///
  /// @return the connection, whose results are streamed
  /// @throws InputException if DuckDB is not on the class path
  /// @throws SQLException if there is no room for it
  public DuckDBConnection duck() throws SQLException {
    DuckDBConnection open = duck;
    if (open == null) {
      require("Parquet, Zstandard, tables and joined files");
      open = connect(scratch.folder());
      duck = open;
    }
    return open;
  }

  private static DuckDBConnection connect(Path folder) throws SQLException {
    Properties settings = new Properties();
    // Nothing is fetched from a network, whatever a file's name says.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("memory_limit", WHOLE);
    settings.setProperty("temp_directory", folder.resolve("spill").toString());
    settings.setProperty("jdbc_stream_results", "true");
    return (DuckDBConnection)
        DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("samples.db"), settings);
  }

  /// Has DuckDB do with an eighth of the memory and two threads, each of which takes some tens of
  /// MiB, for rows of numbers and short words: beyond it, it works on disk.
  ///
  /// @throws SQLException if that cannot be
  public void takeLittle() throws SQLException {
    set("memory_limit", "128MB");
    set("threads", Integer.toString(Math.min(2, Runtime.getRuntime().availableProcessors())));
  }

  /// Lets it have all again, for long texts.
  ///
  /// @throws SQLException if that cannot be
  public void takeMore() throws SQLException {
    set("memory_limit", WHOLE);
    set("threads", Integer.toString(Runtime.getRuntime().availableProcessors()));
  }

  private void set(String setting, String value) throws SQLException {
    try (Statement statement = duck().createStatement()) {
      statement.execute("set " + setting + " = '" + value + "'");
    }
  }

  /// The folder, for files that live as long.
  ///
  /// @return its path
  public Path folder() {
    return scratch.folder();
  }

  /// What went wrong, without DuckDB's drawings.
  ///
  /// @param e the error
  /// @return one line
  public static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() throws IOException {
    try (scratch) {
      if (duck != null) {
        duck.close();
      }
    } catch (SQLException e) {
      throw new IOException("cannot close " + folder() + ": " + firstLine(e), e);
    }
  }
}
