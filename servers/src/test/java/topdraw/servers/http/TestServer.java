package topdraw.servers.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server on a real socket that answers with the bytes it is told to, whole, in pieces or not at
/// all. One question a connection.
public final class TestServer implements AutoCloseable {

  /// A question as it came.
  public record Asked(String method, String path, Map<String, String> headers, String body) {
    /// A header, by its name in lower case.
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /// Decides what is sent; the connection is closed when it returns.
  @FunctionalInterface
  public interface Handler {
    void answer(Asked asked, Wire wire) throws IOException, InterruptedException;
  }

  /// The way back to whoever asked.
  public static final class Wire {
    private final Socket socket;

    private Wire(Socket socket) {
      this.socket = socket;
    }

    /// Sends bytes as they are.
    public void raw(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    /// Sends a whole answer.
    public void answer(int status, String type, String body, String... headers) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      raw(head(status, type, bytes.length, headers));
      raw(bytes);
    }

    /// Sends JSON with status 200.
    public void json(String body) throws IOException {
      answer(200, "application/json", body);
    }

    /// The bytes before a body.
    public static byte[] head(int status, String type, int length, String... headers) {
      String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
      return ("HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n"
              .formatted(status, type, length, more))
          .getBytes(StandardCharsets.UTF_8);
    }

    /// Breaks the connection so that the other side is told of it.
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /// Says nothing until the other side goes.
    public void hang() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        // what else it says does not matter
      }
    }
  }

  private final ServerSocket listening;
  private final Handler handler;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private TestServer(Handler handler) throws IOException {
    this.handler = handler;
    listening = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
  }

  public static TestServer start(Handler handler) {
    try {
      return new TestServer(handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A port on which nobody listens.
  public static int deadPort() throws IOException {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return gone.getLocalPort();
    }
  }

  public String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /// All questions so far, in the order in which they came.
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void listen() {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Asked question = read(new BufferedInputStream(socket.getInputStream()));
      asked.add(question);
      handler.answer(question, new Wire(socket));
    } catch (IOException | InterruptedException e) {
      // whoever asked has gone
    } finally {
      open.remove(socket);
    }
  }

  private static Asked read(InputStream in) throws IOException {
    String[] first = line(in).split(" ");
    if (first.length < 2) throw new IOException("no question");
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Asked(first[0], first[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
