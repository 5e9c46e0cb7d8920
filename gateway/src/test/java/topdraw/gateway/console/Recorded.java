package topdraw.gateway.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Tokens;
import topdraw.gateway.draw.Candidate;
import topdraw.gateway.draw.Candidates;
import topdraw.gateway.draw.Upstream;
import topdraw.gateway.question.Question;
import topdraw.json.Json;
import topdraw.reference.Continuation;
import topdraw.reference.Sampling;

/// Recorded draws as a model: candidate `i` is the `i`-th of them, whatever is asked. Each waits
/// until it is let through, so that a test sees what stands on the page between two of them.
///
/// `capital.jsonl` holds 16 answers of SmolLM2-135M-Instruct to "What is the capital of France?",
/// of at most 24 tokens, drawn at temperature 1 from llama.cpp's server; three name Paris.
final class Recorded implements Upstream {
  static final int ALL = 1 << 20;

  private final List<JsonNode> draws;
  private final Semaphore through;
  private final AtomicInteger underWay = new AtomicInteger();

  private Recorded(List<JsonNode> draws, int through) {
    this.draws = draws;
    this.through = new Semaphore(through);
  }

  static Recorded capital(int through) throws IOException {
    try (InputStream in = Recorded.class.getResourceAsStream("capital.jsonl")) {
      return new Recorded(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(Json::read).toList(),
          through);
    }
  }

  /// The same draws, one of which says something else.
  Recorded with(int index, String text) {
    List<JsonNode> others = new ArrayList<>(draws);
    others.set(index, ((ObjectNode) draws.get(index)).deepCopy().put("text", text));
    return new Recorded(others, through.availablePermits());
  }

  void letThrough(int more) {
    through.release(more);
  }

  /// How many draws are waited for.
  int underWay() {
    return underWay.get();
  }

  @Override
  public String model() {
    return "recorded";
  }

  @Override
  public int ahead() {
    return 4;
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public Question accept(Question question) {
    return question;
  }

  @Override
  public Candidates ask(Question question, Sampling sampling, long seed) {
    return new Candidates() {
      @Override
      public Candidate draw(int index) {
        underWay.incrementAndGet();
        try {
          through.acquire();
        } catch (InterruptedException e) {
          throw new CancellationException("interrupted");
        } finally {
          underWay.decrementAndGet();
        }
        return recorded(index, draws.get(index));
      }

      @Override
      public Continuation begin(int n) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Candidate candidate(Draw answer) {
        throw new UnsupportedOperationException();
      }

      @Override
      public int mostTokens() {
        return sampling.maxTokens();
      }

      @Override
      public void close() {}
    };
  }

  private static Candidate recorded(int index, JsonNode said) {
    String text = said.path("text").stringValue();
    FinishReason finish = FinishReason.of(said.path("finish_reason").stringValue());
    Tokens tokens = Tokens.count(OptionalDouble.of(said.path("tokens").intValue()));
    ObjectNode choice =
        Json.mapper().createObjectNode().put("finish_reason", finish.word().orElseThrow());
    choice.putObject("message").put("role", "assistant").put("content", text);
    return new Candidate(
        Draw.of(
            index,
            text,
            tokens,
            said.path("logprob").isNull()
                ? LogProbability.missing()
                : LogProbability.exact(said.path("logprob").doubleValue()),
            finish),
        choice,
        OptionalInt.of(14),
        OptionalInt.of(said.path("tokens").intValue()));
  }

  @Override
  public void close() {}
}
