package topdraw.gateway.draw;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Question;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.reference.BusyException;
import topdraw.reference.Completions;
import topdraw.reference.Continuation;
import topdraw.reference.Sampling;
import topdraw.reference.SharedPolicy;

/// The model in this process: candidates of all questions are drawn side by side, in the same
/// steps.
public final class EmbeddedUpstream implements Upstream {
  /// Fields of OpenAI's interface that this model has nothing for.
  private static final List<String> UNSUPPORTED =
      List.of("tools", "functions", "response_format", "logit_bias", "audio", "prediction");

  private static final List<String> PENALTIES = List.of("presence_penalty", "frequency_penalty");

  /// What a message may hold beside its text and say nothing more.
  private static final Set<String> IDLE = Set.of("name", "refusal", "annotations");

  private final SharedPolicy policy;
  private final String name;

  /// A model in this process.
  ///
  /// @param policy draws; closed with this
  /// @param name the model's name, as a person would say it
  public EmbeddedUpstream(SharedPolicy policy, String name) {
    this.policy = policy;
    this.name = name;
  }

  @Override
  public String model() {
    return name;
  }

  @Override
  public int ahead() {
    return policy.capabilities().width();
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public Question accept(Question question) {
    for (String field : UNSUPPORTED) {
      JsonNode value = question.body().path(field);
      boolean nothing =
          value.isMissingNode()
              || value.isNull()
              || (value.isContainer() && value.isEmpty())
              || value.path("type").asString("").equals("text");
      if (!nothing) throw unsupported(field);
    }
    for (String field : PENALTIES) {
      if (question.body().path(field).asDouble(0) != 0) throw unsupported(field);
    }
    if (question.prompt() instanceof Prompt.Chat(List<Prompt.Message> messages)) {
      for (int i = 0; i < messages.size(); i++) requireText(messages.get(i), i);
    }
    String others = question.chat() ? "top_logprobs" : "logprobs";
    return question.body().path(others).asInt(0) > 0
        ? question.warning(
            others
                + " is answered with the tokens that were drawn; how likely others were is not kept"
                + " by the model in this process")
        : question;
  }

  private static void requireText(Prompt.Message message, int index) {
    if (message.more().isEmpty()) return;
    for (var entry : Json.read(message.more().get()).properties()) {
      boolean nothing =
          entry.getValue().isNull()
              || (entry.getValue().isContainer() && entry.getValue().isEmpty());
      if (!nothing && !IDLE.contains(entry.getKey())) {
        throw unsupported("messages[" + index + "]." + entry.getKey());
      }
    }
  }

  private static ApiException unsupported(String field) {
    return ApiException.invalid(
        field,
        "unsupported_parameter",
        field
            + " is nothing that the model in this process knows; name a model's server in the"
            + " gateway's file, or leave it out");
  }

  @Override
  public Candidates ask(Question question, Sampling sampling, long seed) {
    try {
      return new Asked(policy.ask(question.prompt(), sampling, seed), question);
    } catch (InputException e) {
      throw ApiException.invalid(
          question.chat() ? "messages" : "prompt",
          "context_length_exceeded",
          String.valueOf(e.getMessage()));
    } catch (BusyException e) {
      throw new ApiException(
          429,
          "rate_limit_error",
          "too_many_requests",
          Optional.empty(),
          String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    policy.close();
  }

  private record Asked(Completions completions, Question question) implements Candidates {
    @Override
    public Candidate draw(int index) {
      return candidate(completions.draw(index, tokens -> {}));
    }

    @Override
    public Continuation begin(int n) {
      try {
        return completions.begin(n);
      } catch (InputException e) {
        throw ApiException.invalid("topdraw.n", "invalid_value", String.valueOf(e.getMessage()));
      }
    }

    @Override
    public Candidate candidate(Draw drawn) {
      Draw draw = stopped(drawn, question.stop());
      OptionalInt tokens =
          draw.length().isPresent()
              ? OptionalInt.of((int) draw.length().getAsDouble())
              : OptionalInt.empty();
      return new Candidate(draw, choice(draw), OptionalInt.of(completions.promptTokens()), tokens);
    }

    private ObjectNode choice(Draw draw) {
      ObjectNode choice = Json.mapper().createObjectNode().put("index", 0);
      String text = draw.text().orElse("");
      if (question.chat()) {
        choice
            .putObject("message")
            .put("role", "assistant")
            .put("content", text)
            .putNull("refusal");
      } else {
        choice.put("text", text);
      }
      if (question.likely() && draw.tokens() instanceof Tokens.Ids tokens) {
        LikelyTokens likely = LikelyTokens.of(tokens, completions::bytes);
        choice.set("logprobs", question.chat() ? likely.chat() : likely.text());
      } else {
        choice.putNull("logprobs");
      }
      return choice.put("finish_reason", draw.finish().cut() ? "length" : "stop");
    }

    @Override
    public int mostTokens() {
      return completions.provenance().sampling().maxTokens();
    }

    @Override
    public void close() {
      completions.close();
    }
  }

  /// The answer before the first of some texts. It keeps the probability of all that was drawn,
  /// which is at most its own; what is bounded for the longer ones is bounded for it.
  private static Draw stopped(Draw draw, List<String> stops) {
    String text = draw.text().orElse("");
    int end =
        stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(text.length());
    return end == text.length()
        ? draw
        : new Draw(
            draw.index(),
            draw.outcome(),
            Optional.of(text.substring(0, end)),
            draw.tokens(),
            draw.logProbability(),
            FinishReason.STOP,
            draw.scores(),
            draw.seconds(),
            draw.origin());
  }
}
