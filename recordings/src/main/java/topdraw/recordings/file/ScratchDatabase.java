package topdraw.recordings.file;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import topdraw.file.Scratch;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// A DuckDB database on disk, in a temporary folder of its own, so that memory does not grow with
/// the rows. [#close] removes it.
///
/// @param scratch the folder
/// @param duck the connection, whose results are streamed
public record ScratchDatabase(Scratch scratch, DuckDBConnection duck) implements AutoCloseable {
  private static final int MOST_THREADS = 2;

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

  /// Opens an empty database.
  ///
  /// @return the database
  /// @throws IOException if there is no room for it
  public static ScratchDatabase open() throws IOException {
    Scratch scratch = Scratch.open();
    Path folder = scratch.folder();
    Properties settings = new Properties();
    // Nothing is fetched from a network, whatever a file's name says.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    // Beyond it DuckDB works on disk; each of its threads takes some tens of MiB.
    settings.setProperty("memory_limit", "128MB");
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("temp_directory", folder.resolve("spill").toString());
    settings.setProperty("jdbc_stream_results", "true");
    try {
      return new ScratchDatabase(
          scratch,
          (DuckDBConnection)
              DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("samples.db"), settings));
    } catch (SQLException e) {
      scratch.close();
      throw new IOException("cannot write to " + folder + ": " + firstLine(e), e);
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
      duck.close();
    } catch (SQLException e) {
      throw new IOException("cannot close " + folder() + ": " + firstLine(e), e);
    }
  }
}
