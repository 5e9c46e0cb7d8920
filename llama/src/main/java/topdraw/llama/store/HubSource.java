package topdraw.llama.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import topdraw.llama.file.Faults;
import topdraw.provider.DownloadProgress;

/// The model from a model hub over HTTP: `ENDPOINT/REPOSITORY/resolve/main/FILE`. Goes on where an
/// earlier attempt stopped if the server can, and tries again, a bounded number of times, after a
/// fault that may pass.
final class HubSource implements ModelSource {
  private static final int MAX_REDIRECTS = 5;

  private final HubEndpoint endpoint;
  private final Limits limits;

  HubSource(HubEndpoint endpoint, Limits limits) {
    this.endpoint = endpoint;
    this.limits = limits;
  }

  @Override
  public String name() {
    return endpoint.shown();
  }

  @Override
  public void fetch(PinnedModel model, Path partial, DownloadProgress progress)
      throws IOException, InterruptedException {
    progress.note("fetching " + model.name() + " from " + name());
    HttpClient client = HttpClient.newBuilder().connectTimeout(limits.connect()).build();
    try (var file = new PartialFile(partial, model, progress)) {
      for (int attempt = 1; !file.complete(); attempt++) {
        try {
          receive(client, model, file);
        } catch (Refused e) {
          throw e;
        } catch (IOException e) {
          if (attempt == limits.attempts()) throw e;
          progress.note(name() + ": " + Faults.reason(e) + "; trying again");
          TimeUnit.NANOSECONDS.sleep(limits.pause().toNanos() << (attempt - 1));
        }
      }
    } finally {
      client.shutdownNow();
    }
  }

  private void receive(HttpClient client, PinnedModel model, PartialFile file)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = follow(client, endpoint.file(model), file.length());
    try (InputStream body = response.body();
        ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
      begin(response, model, file);
      byte[] buffer = new byte[1 << 16];
      var pace = new Pace(limits, System::nanoTime);
      for (int n = read(body, buffer, reader); n >= 0; n = read(body, buffer, reader)) {
        file.append(buffer, n);
        pace.add(n);
      }
    }
    if (!file.complete())
      throw new IOException("the answer ended after " + file.length() + " bytes");
  }

  private HttpResponse<InputStream> follow(HttpClient client, URI first, long from)
      throws IOException, InterruptedException {
    URI uri = first;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpResponse<InputStream> response = answer(client, request(uri, from));
      Optional<String> location = response.headers().firstValue("location");
      if (response.statusCode() / 100 != 3 || location.isEmpty()) return response;
      response.body().close();
      uri = HubEndpoint.redirect(uri, location.get());
    }
    throw new Refused("redirected more than " + MAX_REDIRECTS + " times");
  }

  /// What Java's client cannot read is no bug of ours: it says so of a length that is no number.
  /// Its own limit of time has been seen to pass in silence, so there is another one.
  private HttpResponse<InputStream> answer(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    var answer = client.sendAsync(request, BodyHandlers.ofInputStream());
    try {
      return answer.get(2 * limits.connect().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException(
          "no answer for " + 2 * limits.connect().toMillis() / 1000.0 + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        throw new IOException(Faults.reason(fault), fault);
      }
      if (e.getCause() instanceof IllegalArgumentException fault) {
        throw new IOException("an answer that is none: " + fault.getMessage(), fault);
      }
      throw new IllegalStateException("asking failed", e.getCause());
    } finally {
      answer.cancel(true); // nothing, once it is there
    }
  }

  private HttpRequest request(URI uri, long from) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(limits.connect());
    // A redirect leads to a storage host that must not see the token.
    endpoint.authorization(uri).ifPresent(value -> request.setHeader("Authorization", value));
    if (from > 0) request.setHeader("Range", "bytes=" + from + "-");
    return request.build();
  }

  private void begin(HttpResponse<?> response, PinnedModel model, PartialFile file)
      throws IOException {
    switch (response.statusCode()) {
      case 200 -> {
        file.restart();
        requireLength(response, model);
      }
      case 206 -> requireRange(response, file);
      case 416 -> {
        file.restart();
        throw new IOException("the server cannot go on from an earlier attempt");
      }
      case 408, 429, 500, 502, 503, 504 -> throw new IOException("status " + response.statusCode());
      default -> throw new Refused(HubEndpoint.meaning(response.statusCode()));
    }
  }

  private static void requireLength(HttpResponse<?> response, PinnedModel model) throws Refused {
    String bytes = String.valueOf(model.bytes());
    String length = response.headers().firstValue("content-length").orElse(bytes);
    if (!length.equals(bytes)) {
      throw new Refused(
          "offers " + length + " bytes, the model has " + bytes + "; not the same file");
    }
  }

  private static void requireRange(HttpResponse<?> response, PartialFile file) throws IOException {
    String range = response.headers().firstValue("content-range").orElse("");
    if (!range.startsWith("bytes " + file.length() + "-")) {
      file.restart();
      throw new IOException("the server sent another part than was asked for");
    }
  }

  /// The JDK's stream waits for ever on a silent server, so each read has a deadline of its own.
  private int read(InputStream body, byte[] buffer, ExecutorService reader)
      throws IOException, InterruptedException {
    Future<Integer> read = reader.submit(() -> body.read(buffer));
    try {
      return read.get(limits.idle().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      body.close();
      throw new HttpTimeoutException(limits.silence());
    } catch (InterruptedException e) {
      body.close(); // whoever waits for the reader's end would wait for the server
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault)
        throw new IOException(Faults.reason(fault), fault);
      throw new IllegalStateException("reading an answer failed", e.getCause());
    }
  }

  /// An answer that will not change by asking again.
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
