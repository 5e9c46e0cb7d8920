package topdraw.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection to a server of this machine, which asks one question after the other. No more
/// than that takes, so that who is asked is what is measured.
final class Connection implements AutoCloseable {
  private static final int READ = 1 << 14;

  private final Socket socket;
  private final InputStream in;
  private boolean last;

  /// What was answered.
  ///
  /// @param status its status
  /// @param body its body, whole
  record Reply(int status, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /// @param port where the server listens
  /// @throws IOException if it takes no connection
  Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), READ);
  }

  /// A question as it goes over the wire.
  static byte[] post(String path, String json) {
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
            + json.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + json)
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// Asks and waits for the last byte.
  ///
  /// @throws IOException if the connection breaks off
  Reply ask(byte[] question) throws IOException {
    send(question);
    return reply();
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  Reply reply() throws IOException {
    int status = Integer.parseInt(line().split(" ", -1)[1]);
    int length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) length = Integer.parseInt(value(header));
      if (header.startsWith("transfer-encoding:")) chunked = value(header).equals("chunked");
      if (header.startsWith("connection:")) last = value(header).equals("close");
    }
    return new Reply(status, chunked ? chunks() : exactly(length));
  }

  /// Whether the server has said that it closes this connection: that of an answer that took long.
  boolean last() {
    return last;
  }

  private static String value(String header) {
    return header.substring(header.indexOf(':') + 1).strip();
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(line(), 16);
      body.writeBytes(exactly(length));
      line();
      if (length == 0) return body.toByteArray();
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) throw new EOFException("the server broke off its answer");
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new EOFException("the server closed the connection");
      if (b != '\r') line.append((char) b);
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }
}
