package topdraw.llama.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A model hub on this machine that answers as it is told, one answer a request; the last answer is
/// repeated.
final class FakeHub implements AutoCloseable {
  record Request(String path, Optional<String> authorization, Optional<String> range) {}

  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Answer> answers;
  private final CountDownLatch closed = new CountDownLatch(1);
  final List<Request> requests = new CopyOnWriteArrayList<>();

  FakeHub(Answer... answers) throws IOException {
    this.answers = new ArrayDeque<>(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static Answer redirect(String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /// All of the bytes, or the rest of them if a range is asked for.
  static Answer file(byte[] bytes) {
    return exchange -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      if (from > 0) {
        String place = "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length;
        exchange.getResponseHeaders().set("Content-Range", place);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
      exchange.getResponseBody().write(Arrays.copyOfRange(bytes, from, bytes.length));
    };
  }

  /// A whole answer to every request, whatever range it asks for.
  static Answer whole(byte[] bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /// Promises `length` bytes and hangs up after those given.
  static Answer cut(byte[] bytes, int length) {
    return exchange -> {
      exchange.sendResponseHeaders(200, length);
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
      throw new IOException("hang up");
    };
  }

  /// Promises `length` bytes, sends those given, and then nothing more.
  Answer hanging(byte[] bytes, int length) {
    return exchange -> {
      exchange.sendResponseHeaders(200, length);
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
      awaitClose();
    };
  }

  /// Promises `length` bytes and sends them one by one, a few milliseconds apart, until the hub is
  /// closed or they are all sent.
  Answer dripping(byte[] bytes, int length) {
    return exchange -> {
      exchange.sendResponseHeaders(200, length);
      for (byte one : bytes) {
        exchange.getResponseBody().write(one);
        exchange.getResponseBody().flush();
        if (closedWithin(10)) return;
      }
    };
  }

  private boolean closedWithin(int milliseconds) {
    try {
      return closed.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void answer(Answer answer) {
    synchronized (answers) {
      answers.add(answer);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    requests.add(
        new Request(
            exchange.getRequestURI().getPath(),
            Optional.ofNullable(headers.getFirst("Authorization")),
            Optional.ofNullable(headers.getFirst("Range"))));
    try (exchange) {
      next().to(exchange);
    }
  }

  private Answer next() {
    synchronized (answers) {
      return answers.size() > 1 ? answers.remove() : answers.element();
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
