package topdraw.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A client that sends bytes as they are, whatever HTTP says of them.
final class RawClient implements AutoCloseable {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");

  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
  }

  Socket socket() {
    return socket;
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /// All that is answered until the server closes, or says nothing for a while.
  ///
  /// @param millis how long it may say nothing
  String heard(int millis) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    socket.setSoTimeout(millis);
    try {
      socket.getInputStream().transferTo(heard);
    } catch (SocketTimeoutException | SocketException e) {
      // no more
    }
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  /// The statuses that were answered.
  static List<Integer> statuses(String heard) {
    return STATUS
        .matcher(heard)
        .results()
        .map((MatchResult each) -> Integer.parseInt(each.group(1)))
        .toList();
  }

  /// Whether the server closes within a time.
  boolean closed(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      while (socket.getInputStream().read() >= 0) {
        // what it says does not matter
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
