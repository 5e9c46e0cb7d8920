package topdraw.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands before a server and keeps what it is asked, so that others can ask the very same.
final class Tap implements AutoCloseable {
  /// A question: its address at the server, and its body.
  record Question(URI address, byte[] body) {}

  private final String server;
  private final HttpServer tap;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Question> asked = new CopyOnWriteArrayList<>();

  /// @param server the server's address
  Tap(String server) throws IOException {
    this.server = server;
    tap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    tap.createContext("/", this::pass);
    tap.setExecutor(threads);
    tap.start();
  }

  String url() {
    return "http://127.0.0.1:" + tap.getAddress().getPort();
  }

  /// What was asked so far with a body.
  List<Question> asked() {
    return List.copyOf(asked);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      URI address = URI.create(server + exchange.getRequestURI());
      if (body.length > 0) asked.add(new Question(address, body));
      HttpRequest question =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<byte[]> answer = http.send(question, BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    tap.stop(0);
    http.shutdownNow();
    threads.close();
  }
}
