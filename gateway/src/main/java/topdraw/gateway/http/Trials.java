package topdraw.gateway.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import topdraw.draw.Draw;
import topdraw.gateway.Answer;
import topdraw.gateway.Gateway;
import topdraw.gateway.answer.ErrorJson;
import topdraw.gateway.choose.Choosing;
import topdraw.gateway.console.TrialJson;
import topdraw.gateway.draw.Candidate;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Question;
import topdraw.gateway.question.QuestionReader;
import topdraw.json.Json;

/// `/console/try`: a question answered in the open, as server-sent events: `candidate` for each as
/// it comes, `block` with the text so far where it is chosen block by block, then `answer`, or
/// `error`. Who leaves before the end ends the drawing.
final class Trials {
  /// How soon it is noticed that a page has left.
  private static final long BETWEEN_COMMENTS_MILLIS = 500;

  private static final String END = "";

  private final Gateway gateway;
  private final Door door;
  private final QuestionReader reader;
  private final TrialJson json;
  private final Metrics metrics;
  private final Completions completions;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Trials(
      Gateway gateway,
      Door door,
      QuestionReader reader,
      TrialJson json,
      Metrics metrics,
      Completions completions) {
    this.gateway = gateway;
    this.door = door;
    this.reader = reader;
    this.json = json;
    this.metrics = metrics;
    this.completions = completions;
  }

  void answer(ServerRequest request, ServerResponse response) {
    ConsoleRoutes.requireOurs(request);
    Question question =
        json.question(reader.chat(completions.body(request), Completions.headers(request)));
    String key = ConsoleRoutes.key(request);
    door.count(key);
    String run = UUID.randomUUID().toString().replace("-", "");
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    Future<Answer> coming =
        threads.submit(
            () -> {
              try {
                return gateway.answer(run, key, question, watcher(events));
              } finally {
                events.add(END);
              }
            });
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    try (OutputStream out = response.outputStream()) {
      pass(events, out);
      write(out, end(coming, request));
    } catch (IOException | UncheckedIOException e) {
      request.context().register(new Outcome(Map.of("error", "client_left")));
    } finally {
      coming.cancel(true);
    }
  }

  private Choosing.Watcher watcher(BlockingQueue<String> events) {
    return new Choosing.Watcher() {
      @Override
      public void drawn(Candidate candidate, int of) {
        metrics.drawn(candidate, of);
        events.add(event("candidate", json.candidate(candidate, of)));
      }

      @Override
      public void accepted(Draw answer) {
        answer.text().ifPresent(text -> events.add(event("block", Map.of("text", text))));
      }

      @Override
      public boolean looksOn() {
        return true;
      }
    };
  }

  /// Passes events on until the drawing ends.
  private static void pass(BlockingQueue<String> events, OutputStream out) throws IOException {
    try {
      while (true) {
        String event = events.poll(BETWEEN_COMMENTS_MILLIS, TimeUnit.MILLISECONDS);
        if (event == null) {
          write(out, ": drawing\n\n");
        } else if (event.equals(END)) {
          return;
        } else {
          write(out, event);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while drawing");
    }
  }

  private String end(Future<Answer> coming, ServerRequest request) {
    try {
      Answer answer = coming.get();
      completions.told(answer, request);
      return event("answer", json.answer(answer, System.currentTimeMillis() / 1000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error(new CancellationException("interrupted while drawing"), request);
    } catch (ExecutionException e) {
      return error(e.getCause() == null ? e : e.getCause(), request);
    }
  }

  private static String error(Throwable failure, ServerRequest request) {
    ApiException error = Requests.error(failure);
    if (error.code().equals("bug")) failure.printStackTrace(); // holds nothing of the request
    request.context().register(new Outcome(Map.of("error", error.code())));
    return event("error", ErrorJson.of(error));
  }

  private static String event(String name, Object data) {
    return "event: " + name + "\ndata: " + Json.line(data) + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
