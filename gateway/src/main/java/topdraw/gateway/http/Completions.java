package topdraw.gateway.http;

import io.helidon.http.HeaderNames;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final long BETWEEN_COMMENTS_MILLIS = 1_000;

  private final Gateway gateway;
  private final QuestionReader reader;
  private final AnswerJson json;
  private final Metrics metrics;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Completions(Gateway gateway, QuestionReader reader, AnswerJson json, Metrics metrics) {
    this.gateway = gateway;
    this.reader = reader;
    this.json = json;
    this.metrics = metrics;
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
  static byte[] body(ServerRequest request) {
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  private void answer(Question question, ServerRequest request, ServerResponse response) {
    String key = request.context().get(Requests.KEY, String.class).orElse(Door.NOBODY);
    if (question.stream().isPresent()) {
      stream(key, question, request, response);
      return;
    }
    Answer answer = gateway.answer(key, question, metrics::drawn);
    told(answer, request);
    headers(answer, response);
    Requests.json(response, Json.line(json.whole(answer, now())));
  }

  private void stream(
      String key, Question question, ServerRequest request, ServerResponse response) {
    AtomicInteger drawn = new AtomicInteger();
    AtomicInteger of = new AtomicInteger();
    Future<Answer> coming =
        threads.submit(
            () ->
                gateway.answer(
                    key,
                    question,
                    (candidate, most) -> {
                      metrics.drawn(candidate, most);
                      drawn.incrementAndGet();
                      of.set(most * question.choices());
                    }));
    try {
      Answer early = await(coming, SILENCE_MILLIS);
      if (early != null) {
        told(early, request);
        headers(early, response);
      }
      response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
      response.header(HeaderNames.CACHE_CONTROL, "no-cache");
      try (OutputStream out = response.outputStream()) {
        stream(coming, new AnswerStream(out), drawn, of, request);
      }
    } catch (IOException | UncheckedIOException e) {
      request.context().register(new Outcome(Map.of("error", "client_left")));
    } finally {
      coming.cancel(true);
    }
  }

  private void stream(
      Future<Answer> coming,
      AnswerStream stream,
      AtomicInteger drawn,
      AtomicInteger of,
      ServerRequest request)
      throws IOException {
    try {
      Answer answer = await(coming, 0);
      while (answer == null) {
        stream.comment("topdraw drawing " + drawn.get() + "/" + Math.max(of.get(), drawn.get()));
        answer = await(coming, BETWEEN_COMMENTS_MILLIS);
      }
      told(answer, request);
      stream.answer(answer, json, now());
    } catch (ApiException | CancellationException e) {
      ApiException error = Requests.error(e);
      request.context().register(new Outcome(Map.of("error", error.code())));
      stream.error(error);
    }
  }

  /// @return the answer; null where it has not come in that time
  private static @org.jspecify.annotations.Nullable Answer await(
      Future<Answer> coming, long millis) {
    try {
      return coming.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while drawing");
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
    words.put(
        "drawn", answer.parts().stream().mapToInt(p -> p.chosen().candidates().size()).sum());
    first.entry().ifPresent(nats -> words.put("ledger_entry_nats", nats));
    request.context().register(new Outcome(words));
    metrics.chosen(answer);
  }

  private static void headers(Answer answer, ServerResponse response) {
    Answer.Part first = answer.parts().getFirst();
    response.header("x-topdraw-run-id", answer.run());
    response.header(
        "x-topdraw-candidates", Integer.toString(first.chosen().candidates().size()));
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }
}
