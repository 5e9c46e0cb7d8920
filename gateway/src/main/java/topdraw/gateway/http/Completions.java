package topdraw.gateway.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import topdraw.gateway.Answer;
import topdraw.gateway.Gateway;
import topdraw.gateway.answer.AnswerJson;
import topdraw.gateway.answer.AnswerStream;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Options;
import topdraw.gateway.question.OptionsReader;
import topdraw.gateway.question.Question;
import topdraw.gateway.question.QuestionReader;
import topdraw.json.Json;

/// `/v1/chat/completions` and `/v1/completions`.
final class Completions {
  /// Until then a failure has a status of its own; after it a client wants to hear something.
  private static final long SILENCE_MILLIS = 5_000;

  /// What takes longer is watched: its client may leave.
  private static final long QUICK_MILLIS = 500;

  private static final long BETWEEN_COMMENTS_MILLIS = 1_000;

  private final Gateway gateway;
  private final Door door;
  private final QuestionReader reader;
  private final AnswerJson json;
  private final Metrics metrics;
  private final Incoming incoming;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Completions(
      Gateway gateway,
      Door door,
      QuestionReader reader,
      AnswerJson json,
      Metrics metrics,
      Incoming incoming) {
    this.gateway = gateway;
    this.door = door;
    this.reader = reader;
    this.json = json;
    this.metrics = metrics;
    this.incoming = incoming;
  }

  /// Gives up what is under way.
  void giveUp() {
    threads.shutdownNow();
  }

  void chat(ServerRequest request, ServerResponse response) {
    answer(reader.chat(body(request), headers(request)), request, response);
  }

  void text(ServerRequest request, ServerResponse response) {
    answer(reader.text(body(request), headers(request)), request, response);
  }

  /// What a request's headers say of how the answer is chosen.
  static Options headers(ServerRequest request) {
    return OptionsReader.ofHeaders(name -> Requests.header(request, name));
  }

  /// The body of a request, which has to be JSON.
  byte[] body(ServerRequest request) {
    String type = Requests.header(request, "content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      throw new ApiException(
          415,
          "invalid_request_error",
          "unsupported_media_type",
          Optional.empty(),
          "the body is JSON: send Content-Type: application/json");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (InputStream in = request.content().inputStream()) {
      in.transferTo(body);
    } catch (IOException | UncheckedIOException | DataReader.InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the client left", e);
    }
    incoming.arrived();
    return body.toByteArray();
  }

  private void answer(Question question, ServerRequest request, ServerResponse response) {
    try {
      String key = request.context().get(Requests.KEY, String.class).orElse(Door.NOBODY);
      door.count(key);
      String run = UUID.randomUUID().toString().replace("-", "");
      response.header("x-topdraw-run-id", run);
      Progress progress = new Progress(question, metrics);
      Future<Answer> coming =
          threads.submit(
              () -> {
                try {
                  return gateway.answer(run, key, question, progress);
                } finally {
                  progress.end();
                }
              });
      try {
        if (question.stream().isPresent()) {
          stream(run, coming, progress, question, request, response);
        } else {
          whole(coming, request, response);
        }
      } finally {
        coming.cancel(true);
      }
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted while drawing");
    }
  }

  private void whole(Future<Answer> coming, ServerRequest request, ServerResponse response)
      throws InterruptedException {
    try {
      coming.get(QUICK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      watch(coming, response);
    } catch (ExecutionException e) {
      // told below
    }
    Answer answer = result(coming);
    told(answer, request);
    response.header(
        "x-topdraw-candidates", Integer.toString(answer.parts().getFirst().chosen().drawn()));
    json.drift(answer).ifPresent(drift -> response.header("x-topdraw-kl", drift));
    Requests.json(response, Json.line(json.whole(answer, now())));
  }

  /// If the client leaves, its draws are given up at once.
  private void watch(Future<Answer> coming, ServerResponse response) {
    response.header(HeaderValues.CONNECTION_CLOSE);
    incoming.whenClientLeaves(() -> coming.cancel(true));
  }

  private void stream(
      String run,
      Future<Answer> coming,
      Progress progress,
      Question question,
      ServerRequest request,
      ServerResponse response)
      throws InterruptedException {
    // A failure before the first byte has a status of its own.
    Progress.News first = progress.next(QUICK_MILLIS);
    if (first instanceof Progress.Nothing) {
      watch(coming, response);
      first = progress.next(SILENCE_MILLIS - QUICK_MILLIS);
    }
    if (first instanceof Progress.Ended) result(coming);
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    response.header(HeaderNames.CACHE_CONTROL, "no-cache");
    try (OutputStream out = response.outputStream()) {
      stream(first, coming, progress, new AnswerStream(out, run, question, now()), request);
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the client left", e);
    }
  }

  private void stream(
      Progress.News first,
      Future<Answer> coming,
      Progress progress,
      AnswerStream stream,
      ServerRequest request)
      throws IOException, InterruptedException {
    try {
      for (Progress.News news = first;
          !(news instanceof Progress.Ended);
          news = progress.next(BETWEEN_COMMENTS_MILLIS)) {
        switch (news) {
          case Progress.Nothing _ -> stream.comment(progress.line());
          case Progress.Block(String text) -> stream.accepted(text);
          case Progress.Ended _ -> {}
        }
      }
      Answer answer = result(coming);
      told(answer, request);
      stream.answer(answer, json);
    } catch (UncheckedIOException | CloseConnectionException e) {
      throw e;
    } catch (RuntimeException e) {
      stream.error(Requests.told(request, e));
    }
  }

  private static Answer result(Future<Answer> coming) throws InterruptedException {
    try {
      return coming.get();
    } catch (CancellationException e) {
      throw new CloseConnectionException("the client left", e); // nobody else gives it up
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  /// Counts an answer and puts it into the log.
  void told(Answer answer, ServerRequest request) {
    Answer.Part first = answer.parts().getFirst();
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("run_id", answer.run());
    words.put("model", answer.question().model());
    words.put("answer_method", first.plan().method().word());
    words.put("n", first.plan().n());
    words.put("drawn", answer.parts().stream().mapToInt(p -> p.chosen().drawn()).sum());
    first.entry().ifPresent(nats -> words.put("ledger_entry_nats", nats));
    request.context().register(new Outcome(words));
    metrics.chosen(answer);
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }
}
