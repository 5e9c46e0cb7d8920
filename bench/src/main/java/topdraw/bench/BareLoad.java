package topdraw.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// The same questions over the JDK's HTTP client in a bare loop: none of our client, no answer is
/// read.
///
/// @param http the client
/// @param questions what is asked, once each
/// @param inFlight how many at once
record BareLoad(HttpClient http, List<Tap.Question> questions, int inFlight) implements Load.Work {
  @Override
  public int run() throws IOException {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> loops = new ArrayList<>();
      for (int i = 0; i < inFlight; i++) loops.add(threads.submit(() -> loop(next)));
      int answered = 0;
      for (Future<Integer> loop : loops) answered += loop.get();
      return answered;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private int loop(AtomicInteger next) throws IOException, InterruptedException {
    int answered = 0;
    for (int i = next.getAndIncrement(); i < questions.size(); i = next.getAndIncrement()) {
      Tap.Question question = questions.get(i);
      HttpRequest request =
          HttpRequest.newBuilder(question.address())
              .version(HttpClient.Version.HTTP_1_1)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(question.body()))
              .build();
      int status = answered(request);
      if (status != 200) throw new IOException("the server answers " + status);
      answered++;
    }
    return answered;
  }

  /// A connection of the pool may have been closed since it was last used: that is asked again.
  private int answered(HttpRequest request) throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofByteArray()).statusCode();
    } catch (IOException e) {
      return http.send(request, BodyHandlers.ofByteArray()).statusCode();
    }
  }
}
