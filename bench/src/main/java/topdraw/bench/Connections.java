package topdraw.bench;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Connections that are kept open between questions, as many as are needed at once.
final class Connections implements AutoCloseable {
  private final int port;
  private final ConcurrentLinkedDeque<Connection> free = new ConcurrentLinkedDeque<>();

  /// @param port where the server listens
  Connections(int port) {
    this.port = port;
  }

  /// Asks over a connection that nobody uses.
  ///
  /// @throws IOException if it breaks off
  Connection.Reply ask(byte[] question) throws IOException {
    Connection connection = free.pollFirst();
    if (connection == null) connection = new Connection(port);
    try {
      Connection.Reply reply = connection.ask(question);
      if (connection.last()) {
        connection.close();
      } else {
        free.addFirst(connection);
      }
      return reply;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// Closes those that nobody uses.
  @Override
  public void close() {
    for (Connection c = free.pollFirst(); c != null; c = free.pollFirst()) c.close();
  }
}
