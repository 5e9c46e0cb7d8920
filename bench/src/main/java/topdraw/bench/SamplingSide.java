package topdraw.bench;

import java.io.IOException;
import java.util.Iterator;

/// One side of the sampling benchmark, started once: it draws the same work whenever its turn
/// comes.
///
/// @param name what draws, with its version
/// @param way what it does otherwise than the others
/// @param turn draws
/// @param end ends it
record SamplingSide(String name, String way, Turn turn, End end) implements AutoCloseable {
  /// Draws once.
  interface Turn {
    /// Draws, and takes the time.
    ///
    /// @return seconds from the question to the last token
    /// @throws IOException if it cannot be drawn
    double seconds() throws IOException;
  }

  /// Ends what was started.
  interface End {
    /// Ends it.
    ///
    /// @throws IOException if it does not end well
    void end() throws IOException;
  }

  /// Ends several, each whatever becomes of the others.
  ///
  /// @param sides the sides
  /// @throws IOException if one does not end well
  static void closeAll(Iterator<SamplingSide> sides) throws IOException {
    if (sides.hasNext()) {
      try (SamplingSide _ = sides.next()) {
        closeAll(sides);
      }
    }
  }

  @Override
  public void close() throws IOException {
    end.end();
  }
}
