package topdraw.gateway.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.gateway.Answer;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Question;
import topdraw.json.Json;

/// An answer as server-sent events: comments while candidates are drawn, then the winner, what is
/// known of it on the chunk that ends it, the counts where they are asked for, `[DONE]`.
public final class AnswerStream {
  private final OutputStream out;

  /// A stream to a client.
  ///
  /// @param out where events go; stays the caller's to close
  public AnswerStream(OutputStream out) {
    this.out = out;
  }

  /// Says that the gateway is at work; clients pass over it.
  ///
  /// @param line one line
  /// @throws IOException if the client has left
  public void comment(String line) throws IOException {
    write(": " + line + "\n\n");
  }

  /// Sends an answer and ends.
  ///
  /// @param answer the answer
  /// @param json writes it
  /// @param created when, in seconds since 1970
  /// @throws IOException if the client has left
  public void answer(Answer answer, AnswerJson json, long created) throws IOException {
    Map<String, Object> topdraw = json.topdraw(answer);
    boolean usage = answer.question().stream().map(Question.Stream::usage).orElse(false);
    for (int i = 0; i < answer.parts().size(); i++) {
      ObjectNode choice = AnswerJson.choice(answer, i);
      boolean last = i == answer.parts().size() - 1;
      if (answer.question().chat()) {
        ObjectNode delta = (ObjectNode) choice.path("message").deepCopy();
        number(delta);
        event(chunk(answer, created, usage), i, "delta", delta, choice, false);
      } else {
        event(chunk(answer, created, usage), i, "text", choice.path("text"), choice, false);
      }
      ObjectNode end = chunk(answer, created, usage);
      if (last) end.set("topdraw", Json.mapper().valueToTree(topdraw));
      event(
          end,
          i,
          answer.question().chat() ? "delta" : "text",
          answer.question().chat()
              ? Json.mapper().createObjectNode()
              : Json.mapper().getNodeFactory().stringNode(""),
          choice,
          true);
    }
    if (usage) {
      ObjectNode end = chunk(answer, created, false);
      end.putArray("choices");
      end.set("usage", Json.mapper().valueToTree(AnswerJson.usage(answer)));
      data(end);
    }
    done();
  }

  /// Sends an error after the stream has begun, and ends.
  ///
  /// @param error what went wrong
  /// @throws IOException if the client has left
  public void error(ApiException error) throws IOException {
    data(ErrorJson.of(error));
    done();
  }

  private static ObjectNode chunk(Answer answer, long created, boolean usageLater) {
    ObjectNode chunk =
        AnswerJson.head(
            answer,
            created,
            answer.question().chat() ? "chat.completion.chunk" : "text_completion");
    if (usageLater) chunk.putNull("usage");
    return chunk;
  }

  private void event(
      ObjectNode chunk,
      int index,
      String name,
      tools.jackson.databind.JsonNode value,
      ObjectNode choice,
      boolean end)
      throws IOException {
    ObjectNode part = chunk.putArray("choices").addObject();
    part.put("index", index);
    part.set(name, value);
    if (end) {
      part.putNull("logprobs");
    } else {
      part.set("logprobs", choice.path("logprobs"));
    }
    if (end) {
      part.set("finish_reason", choice.path("finish_reason"));
    } else {
      part.putNull("finish_reason");
    }
    data(chunk);
  }

  /// Calls of tools have a number in a stream.
  private static void number(ObjectNode delta) {
    if (delta.path("tool_calls") instanceof ArrayNode calls) {
      for (int i = 0; i < calls.size(); i++) {
        if (calls.get(i) instanceof ObjectNode call) call.put("index", i);
      }
    }
  }

  private void data(ObjectNode json) throws IOException {
    write("data: " + Json.line(json) + "\n\n");
  }

  private void done() throws IOException {
    write("data: [DONE]\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
