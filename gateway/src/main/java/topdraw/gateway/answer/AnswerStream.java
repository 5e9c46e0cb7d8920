package topdraw.gateway.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.gateway.Answer;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Question;
import topdraw.json.Json;

/// An answer as server-sent events: comments while candidates are drawn, blocks as they are
/// accepted, then the winner, what is known of it on the chunk that ends it, the counts where they
/// are asked for, `[DONE]`. For one thread.
public final class AnswerStream {
  /// Stands for a character of which a block has only the first bytes; the next block has the rest.
  private static final char INCOMPLETE = '\uFFFD';

  private final OutputStream out;
  private final String run;
  private final Question question;
  private final long created;
  private final boolean usage;
  private String told = "";

  /// A stream to a client.
  ///
  /// @param out where events go; stays the caller's to close
  /// @param run names the answer
  /// @param question what was asked
  /// @param created when, in seconds since 1970
  public AnswerStream(OutputStream out, String run, Question question, long created) {
    this.out = out;
    this.run = run;
    this.question = question;
    this.created = created;
    usage = question.stream().map(Question.Stream::usage).orElse(false);
  }

  /// Says that the gateway is at work; clients pass over it.
  ///
  /// @param line one line
  /// @throws IOException if the client has left
  public void comment(String line) throws IOException {
    write(": " + line + "\n\n");
  }

  /// Sends what is new of an answer that grows block by block.
  ///
  /// @param text all that is accepted so far
  /// @throws IOException if the client has left
  public void accepted(String text) throws IOException {
    int whole = text.length();
    while (whole > 0 && text.charAt(whole - 1) == INCOMPLETE) whole--;
    grown(text.substring(0, whole));
  }

  private void grown(String text) throws IOException {
    if (text.length() <= told.length()) return;
    ObjectNode nothing = Json.mapper().createObjectNode();
    chunk(0, delta(text.substring(told.length())), nothing, false, Map.of());
    told = text;
  }

  private JsonNode delta(String text) {
    if (!question.chat()) return Json.mapper().getNodeFactory().stringNode(text);
    ObjectNode delta = Json.mapper().createObjectNode();
    if (told.isEmpty()) delta.put("role", "assistant");
    return delta.put("content", text);
  }

  /// Sends an answer and ends.
  ///
  /// @param answer the answer
  /// @param json writes it
  /// @throws IOException if the client has left
  public void answer(Answer answer, AnswerJson json) throws IOException {
    for (int i = 0; i < answer.parts().size(); i++) {
      ObjectNode choice = AnswerJson.choice(answer, i);
      boolean last = i == answer.parts().size() - 1;
      Map<String, Object> topdraw = last ? json.topdraw(answer) : Map.of();
      if (told.isEmpty() && !question.chat()) {
        // The published types know no piece of a text that has no finish_reason.
        chunk(i, choice.path("text"), choice, true, topdraw);
        continue;
      }
      if (told.isEmpty()) {
        chunk(i, message(choice), choice, false, Map.of());
        choice.putNull("logprobs"); // said
      } else {
        grown(answer.parts().get(i).chosen().winner().draw().text().orElse(told));
      }
      JsonNode nothing =
          question.chat()
              ? Json.mapper().createObjectNode()
              : Json.mapper().getNodeFactory().stringNode("");
      chunk(i, nothing, choice, true, topdraw);
    }
    if (usage) {
      ObjectNode end = head();
      end.putArray("choices");
      end.set("usage", Json.mapper().valueToTree(AnswerJson.usage(answer)));
      data(end);
    }
    done();
  }

  private static ObjectNode message(ObjectNode choice) {
    ObjectNode delta = (ObjectNode) choice.path("message").deepCopy();
    // Calls of tools have a number in a stream.
    if (delta.path("tool_calls") instanceof ArrayNode calls) {
      for (int i = 0; i < calls.size(); i++) {
        if (calls.get(i) instanceof ObjectNode call) call.put("index", i);
      }
    }
    return delta;
  }

  /// Sends an error after the stream has begun, and ends.
  ///
  /// @param error what went wrong
  /// @throws IOException if the client has left
  public void error(ApiException error) throws IOException {
    data(ErrorJson.of(error));
    done();
  }

  private ObjectNode head() {
    return AnswerJson.head(
        run, question, created, question.chat() ? "chat.completion.chunk" : "text_completion");
  }

  private void chunk(
      int index, JsonNode said, ObjectNode choice, boolean end, Map<String, Object> topdraw)
      throws IOException {
    ObjectNode chunk = head();
    if (usage) chunk.putNull("usage");
    ObjectNode part = chunk.putArray("choices").addObject().put("index", index);
    part.set(question.chat() ? "delta" : "text", said);
    if (choice.path("logprobs").isMissingNode()) {
      part.putNull("logprobs");
    } else {
      part.set("logprobs", choice.path("logprobs"));
    }
    if (end) {
      part.set("finish_reason", choice.path("finish_reason"));
    } else {
      part.putNull("finish_reason");
    }
    if (!topdraw.isEmpty()) chunk.set("topdraw", Json.mapper().valueToTree(topdraw));
    data(chunk);
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
