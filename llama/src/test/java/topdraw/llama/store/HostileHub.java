package topdraw.llama.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import topdraw.attack.Mutation;

/// A server that was made to hurt: it writes to the socket whatever it likes, which a server of
/// HTTP would not. What it says to a request follows from a seed and how many there were before.
final class HostileHub implements AutoCloseable {
  /// More than any client should read, and little enough that a busy machine sends it soon.
  private static final int FLOOD = 64 << 20;

  private static final String[] LENGTHS = {
    "-1",
    "0",
    "1",
    "2147483647",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "abc",
    "",
    "0x10",
    "+7",
    "7, 7",
    "7\r\nContent-Length: 8"
  };
  private static final String[] CHUNKS = {
    "0", "-1", "zz", "7fffffff", "80000000", "FFFFFFFFFFFFFFFF", "10000000000000000", "", "1;a=b"
  };
  private static final String[] NOWHERE = {
    "file:///etc/passwd",
    "jar:file:///etc/x.jar!/y",
    "ftp://127.0.0.1/x",
    "data:,x",
    "http:x",
    "http://",
    "http:///x",
    "http://127.0.0.1:99999/x",
    "http://127.0.0.1:0/x",
    "http://127.0.0.1:-1/x",
    "https://127.0.0.1:1/x",
    "http://me:secret@127.0.0.1:1/x",
    "http://[::1",
    "http://[::1%25lo]:1/x",
    "http://a b/",
    "//",
    "//127.0.0.1:1/x",
    "",
    "#",
    "?",
    "..",
    "\\\\host\\share",
    "%",
    "%00",
    "/\u00e9",
    "/round"
  };
  private static final int[] STATUSES = {
    100, 101, 102, 103, 199, 201, 204, 205, 206, 226, 300, 301, 304, 305, 307, 308, 400, 401, 403,
    404, 407, 408, 410, 416, 418, 429, 451, 500, 502, 503, 504, 511, 599, 600, 999, 0, 7
  };

  private static final Pattern RANGE = Pattern.compile("(?im)^range: *bytes=(\\d{1,6})-");

  private final ServerSocket server;
  private final String scheme;
  private final byte[] wanted;
  private final long seed;
  private final List<String> elsewhere;
  private final AtomicLong asked = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// The heads of all requests.
  final List<String> requests = new CopyOnWriteArrayList<>();

  /// @param sockets plain ones, or with TLS
  /// @param scheme of its address
  /// @param wanted what a good server would send
  /// @param seed replays what it says
  /// @param elsewhere addresses that it may send on to
  HostileHub(
      ServerSocketFactory sockets, String scheme, byte[] wanted, long seed, List<String> elsewhere)
      throws IOException {
    server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.scheme = scheme;
    this.wanted = wanted.clone();
    this.seed = seed;
    this.elsewhere = elsewhere;
    threads.execute(this::accept);
  }

  String address() {
    return scheme + "://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> answer(socket));
      }
    } catch (IOException e) {
      closed.countDown(); // it was closed
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      String head = head(socket.getInputStream());
      if (!head.isEmpty()) {
        requests.add(head);
        answer(new Mutation(seed * 1009 + asked.getAndIncrement()), head, socket);
      }
    } catch (IOException e) {
      // The client was right to leave.
      return;
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n") && head.length() < 1 << 16) {
      int one = in.read();
      if (one < 0) return "";
      head.append((char) one);
    }
    return head.toString();
  }

  private void answer(Mutation mutation, String head, Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    int from = range(head);
    switch (mutation.random().nextInt(19)) {
      case 0, 1, 2, 3 -> sound(from, out);
      case 4 -> out.write(answer(200, length(wanted.length), mutation.of(wanted)));
      case 5 -> {
        byte[] body = mutation.of(wanted);
        out.write(answer(200, length(body.length), body));
      }
      case 6 -> out.write(answer(200, "Content-Length: " + mutation.oneOf(LENGTHS), wanted));
      case 7 -> {
        out.write(answer(200, mutation.oneOf("Connection: close", "X: y"), new byte[0]));
        if (mutation.random().nextBoolean()) out.write(mutation.of(wanted));
        else flood(out, mutation.of(wanted));
      }
      case 8 -> chunked(mutation, out);
      case 9, 10 -> {
        String location =
            mutation.random().nextBoolean()
                ? mutation.oneOf(NOWHERE)
                : elsewhere.get(mutation.random().nextInt(elsewhere.size()));
        if (mutation.random().nextInt(4) == 0) location = mutation.of(location);
        out.write(
            answer(mutation.oneOf(301, 302, 303, 307, 308, 399), "Location: " + location, wanted));
      }
      case 11 -> {
        int status = STATUSES[mutation.random().nextInt(STATUSES.length)];
        out.write(answer(status, length(wanted.length), wanted));
      }
      case 12 -> ranges(mutation, from, out);
      case 13 -> drip(answer(200, length(wanted.length), wanted), out);
      case 14 -> {
        byte[] whole = answer(200, length(wanted.length), wanted);
        out.write(whole, 0, mutation.random().nextInt(whole.length + 1));
        out.flush();
        closedWithin(60_000);
      }
      case 15 -> endless(mutation, out);
      case 16 ->
          out.write(
              answer(
                  200,
                  "Content-Encoding: gzip\r\n" + length(wanted.length),
                  mutation.oneOf(wanted, new byte[wanted.length])));
      case 17 -> {
        out.write(answer(200, length(wanted.length), wanted), 0, 40);
        out.flush();
        socket.setSoLinger(true, 0); // the client gets a reset
      }
      default -> out.write(mutation.of(answer(200, length(wanted.length), wanted)));
    }
    out.flush();
  }

  private static int range(String head) {
    var matcher = RANGE.matcher(head);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private void sound(int from, OutputStream out) throws IOException {
    if (from == 0 || from > wanted.length) {
      out.write(answer(200, length(wanted.length), wanted));
    } else {
      out.write(part(from, from, from));
    }
  }

  private byte[] part(int said, int sent, int promised) {
    byte[] body = Arrays.copyOfRange(wanted, sent, wanted.length);
    return answer(
        206,
        "Content-Range: bytes %d-%d/%d\r\n%s"
            .formatted(said, wanted.length - 1, wanted.length, length(wanted.length - promised)),
        body);
  }

  /// Another part than was asked for, or than is said.
  private void ranges(Mutation mutation, int from, OutputStream out) throws IOException {
    int other = mutation.random().nextInt(wanted.length + 1);
    out.write(
        switch (mutation.random().nextInt(4)) {
          case 0 -> part(from, other, other);
          case 1 -> part(other, other, other);
          case 2 -> part(from, from, other);
          default -> answer(206, "Content-Range: bytes */" + other, wanted);
        });
  }

  private void chunked(Mutation mutation, OutputStream out) throws IOException {
    out.write(answer(200, "Transfer-Encoding: chunked", new byte[0]));
    for (int k = mutation.random().nextInt(1, 4); k > 0; k--) {
      String size =
          mutation.random().nextBoolean()
              ? Integer.toHexString(wanted.length)
              : mutation.oneOf(CHUNKS);
      out.write(ascii(size + "\r\n"));
      out.write(wanted);
      out.write(ascii(mutation.oneOf("\r\n", "", "\n")));
    }
    if (mutation.random().nextBoolean()) out.write(ascii("0\r\n\r\n"));
    else flood(out, ascii("0;" + "x".repeat(1000)));
  }

  private void endless(Mutation mutation, OutputStream out) throws IOException {
    switch (mutation.random().nextInt(4)) {
      case 0 -> flood(out, ascii("HTTP/1.1 "));
      case 1 -> {
        out.write(ascii("HTTP/1.1 200 OK\r\n"));
        flood(out, ascii("X: " + "y".repeat(200) + "\r\n"));
      }
      case 2 -> flood(out, ascii("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"));
      default -> {
        out.write(answer(200, length(wanted.length), new byte[0]));
        flood(out, wanted);
      }
    }
  }

  private void flood(OutputStream out, byte[] piece) throws IOException {
    if (piece.length == 0) return;
    var many = new ByteArrayOutputStream();
    while (many.size() < 1 << 16) many.write(piece);
    for (long sent = 0; sent < FLOOD && closed.getCount() > 0; sent += many.size()) {
      many.writeTo(out);
    }
  }

  private void drip(byte[] bytes, OutputStream out) throws IOException {
    for (byte one : bytes) {
      out.write(one);
      out.flush();
      if (closedWithin(20)) return;
    }
  }

  private boolean closedWithin(int milliseconds) {
    try {
      return closed.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static String length(long length) {
    return "Content-Length: " + length;
  }

  private static byte[] answer(int status, String headers, byte[] body) {
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(
        ("HTTP/1.1 %03d Said\r\n%s\r\n\r\n".formatted(status, headers))
            .getBytes(StandardCharsets.ISO_8859_1));
    whole.writeBytes(body);
    return whole.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    threads.shutdownNow();
  }
}
