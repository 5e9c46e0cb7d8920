package topdraw.gateway.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import topdraw.draw.Draw;
import topdraw.gateway.draw.Candidate;
import topdraw.gateway.draw.Candidates;
import topdraw.gateway.draw.Upstream;
import topdraw.gateway.question.Question;
import topdraw.reference.Continuation;
import topdraw.reference.Sampling;

/// A model whose draws are traced: a span `best_of_n MODEL` for a request, and in it a span `chat
/// MODEL` for each candidate.
///
/// The names are those of OpenTelemetry's conventions for generative AI, which are in development;
/// all of them stand here. A span inside another takes the context that is current where candidates
/// are asked for.
public final class TracedUpstream implements Upstream {
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> PROVIDER =
      AttributeKey.stringKey("gen_ai.provider.name");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
  private static final AttributeKey<Double> TEMPERATURE =
      AttributeKey.doubleKey("gen_ai.request.temperature");
  private static final AttributeKey<Double> TOP_P = AttributeKey.doubleKey("gen_ai.request.top_p");
  private static final AttributeKey<Long> MAX_TOKENS =
      AttributeKey.longKey("gen_ai.request.max_tokens");
  private static final AttributeKey<Long> SEED = AttributeKey.longKey("gen_ai.request.seed");
  private static final AttributeKey<Long> CHOICES =
      AttributeKey.longKey("gen_ai.request.choice.count");
  private static final AttributeKey<List<String>> FINISHED =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
  private static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
  private static final AttributeKey<Long> OUTPUT =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<Long> DRAWN = AttributeKey.longKey("topdraw.candidates.drawn");
  private static final AttributeKey<Long> INDEX = AttributeKey.longKey("topdraw.candidate.index");

  private static final String TOPDRAW = "topdraw";

  private final Upstream upstream;
  private final Tracer tracer;

  /// A traced model.
  ///
  /// @param upstream draws; closed with this
  /// @param tracer takes the spans
  public TracedUpstream(Upstream upstream, Tracer tracer) {
    this.upstream = upstream;
    this.tracer = tracer;
  }

  @Override
  public String model() {
    return upstream.model();
  }

  @Override
  public int ahead() {
    return upstream.ahead();
  }

  @Override
  public boolean ready() {
    return upstream.ready();
  }

  @Override
  public Question accept(Question question) {
    return upstream.accept(question);
  }

  @Override
  public Candidates ask(Question question, Sampling sampling, long seed) {
    String operation = question.chat() ? "chat" : "text_completion";
    Span request =
        tracer
            .spanBuilder("best_of_n " + model())
            .setAttribute(OPERATION, operation)
            .setAttribute(PROVIDER, TOPDRAW)
            .setAttribute(MODEL, model())
            .setAttribute(CHOICES, (long) question.choices())
            .setAttribute(SEED, seed)
            .startSpan();
    try {
      return new Traced(upstream.ask(question, sampling, seed), request, operation, sampling);
    } catch (RuntimeException e) {
      request.setAttribute(ERROR, e.getClass().getSimpleName()).setStatus(StatusCode.ERROR).end();
      throw e;
    }
  }

  @Override
  public void close() {
    upstream.close();
  }

  private final class Traced implements Candidates {
    private final Candidates candidates;
    private final Span request;
    private final Context inside;
    private final String operation;
    private final Sampling sampling;
    private final AtomicInteger drawn = new AtomicInteger();

    Traced(Candidates candidates, Span request, String operation, Sampling sampling) {
      this.candidates = candidates;
      this.request = request;
      this.operation = operation;
      this.sampling = sampling;
      inside = Context.current().with(request);
    }

    @Override
    public Candidate draw(int index) {
      Span span =
          tracer
              .spanBuilder(operation + " " + model())
              .setParent(inside)
              .setSpanKind(SpanKind.CLIENT)
              .setAttribute(OPERATION, operation)
              .setAttribute(PROVIDER, TOPDRAW)
              .setAttribute(MODEL, model())
              .setAttribute(TEMPERATURE, sampling.temperature())
              .setAttribute(TOP_P, sampling.topP())
              .setAttribute(MAX_TOKENS, (long) sampling.maxTokens())
              .setAttribute(INDEX, (long) index)
              .startSpan();
      try {
        Candidate candidate = candidates.draw(index);
        drawn.incrementAndGet();
        candidate
            .draw()
            .finish()
            .word()
            .ifPresent(word -> span.setAttribute(FINISHED, List.of(word)));
        candidate.promptTokens().ifPresent(tokens -> span.setAttribute(INPUT, (long) tokens));
        candidate.tokens().ifPresent(tokens -> span.setAttribute(OUTPUT, (long) tokens));
        return candidate;
      } catch (CancellationException e) {
        span.setAttribute(ERROR, "cancelled");
        throw e;
      } catch (RuntimeException e) {
        // Its message may quote what a server said of the prompt.
        span.setAttribute(ERROR, e.getClass().getSimpleName()).setStatus(StatusCode.ERROR);
        throw e;
      } finally {
        span.end();
      }
    }

    @Override
    public Continuation begin(int n) {
      return candidates.begin(n);
    }

    @Override
    public Candidate candidate(Draw answer) {
      return candidates.candidate(answer);
    }

    @Override
    public int mostTokens() {
      return candidates.mostTokens();
    }

    @Override
    public void close() {
      candidates.close();
      request.setAttribute(DRAWN, (long) drawn.get()).end();
    }
  }
}
