package topdraw.servers;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.json.Json;
import topdraw.servers.http.TestServer;

/// A server of a language of four words, each as likely, and an end that comes one time in five: it
/// draws by the seed, over a real socket, in vLLM's words. What is not asked for is not there.
public final class WordServer implements AutoCloseable {
  /// log p of the end.
  public static final double END = Math.log(0.2);

  /// log p of each word.
  public static final double WORD = Math.log(0.2);

  private static final List<String> WORDS = List.of("red", " green", " blue", " grey");
  private static final int LONGEST_PROMPT = 2000;
  private static final int PROMPT = 1000;
  private static final int UNKNOWN = 99;

  /// What is asked at opening.
  private static final List<String> TRIALS =
      List.of("surprising sentence", "Name one colour. Answer with one word.", "Repeat exactly");

  /// What may go wrong with one question; true where it was answered.
  @FunctionalInterface
  public interface Fault {
    /// Nothing goes wrong.
    Fault NONE = (number, body, wire) -> false;

    /// Lets it go wrong.
    ///
    /// @param number which draw it is, from 0
    /// @param body what was asked
    /// @param wire where it can be answered
    /// @return whether it was answered
    boolean happens(int number, JsonNode body, TestServer.Wire wire)
        throws IOException, InterruptedException;
  }

  private final TestServer server;
  private final AtomicInteger drawn = new AtomicInteger();
  private final AtomicInteger given = new AtomicInteger();
  private final String model;
  private final Fault fault;

  private WordServer(String model, Fault fault) {
    this.model = model;
    this.fault = fault;
    server = TestServer.start(this::answer);
  }

  /// A server by which nothing goes wrong.
  ///
  /// @return the server
  public static WordServer start() {
    return start("words", Fault.NONE);
  }

  /// A server whose draws, not counted those at opening, may go wrong.
  ///
  /// @param model its name there
  /// @param fault what goes wrong
  /// @return the server
  public static WordServer start(String model, Fault fault) {
    return new WordServer(model, fault);
  }

  /// Where it is.
  ///
  /// @return its address
  public String url() {
    return server.url();
  }

  /// How many completions it was asked for, those at opening left out.
  ///
  /// @return their number
  public int drawn() {
    return drawn.get();
  }

  /// All that it was asked.
  ///
  /// @return in the order of arrival
  public List<TestServer.Asked> asked() {
    return server.asked();
  }

  private void answer(TestServer.Asked asked, TestServer.Wire wire)
      throws IOException, InterruptedException {
    switch (asked.path()) {
      case "/v1/models" ->
          wire.json("{\"data\":[{\"id\":\"%s\",\"owned_by\":\"vllm\"}]}".formatted(model));
      case "/version" -> wire.json("{\"version\":\"9.9\"}");
      case "/v1/chat/completions" -> draw(asked, wire);
      case "/v1/completions" -> {
        if (Json.read(asked.body()).has("prompt_logprobs")) given(Json.read(asked.body()), wire);
        else draw(asked, wire);
      }
      case "/tokenize" -> tokenize(Json.read(asked.body()), wire);
      case "/detokenize" -> detokenize(Json.read(asked.body()), wire);
      default -> wire.answer(404, "application/json", "{\"detail\":\"Not Found\"}");
    }
  }

  /// A conversation is one token, and so is each word; what is no word is a token of its own.
  private void tokenize(JsonNode body, TestServer.Wire wire) throws IOException {
    ArrayNode tokens = Json.mapper().createArrayNode();
    if (body.has("messages")) {
      tokens.add(PROMPT);
    } else {
      String text = body.path("prompt").asString();
      int at = 0;
      while (at < text.length()) {
        int from = at;
        int word =
            IntStream.range(0, WORDS.size())
                .filter(w -> text.startsWith(WORDS.get(w), from))
                .findFirst()
                .orElse(UNKNOWN);
        tokens.add(word);
        at += word == UNKNOWN ? 1 : WORDS.get(word).length();
      }
    }
    wire.json(Json.mapper().createObjectNode().set("tokens", tokens).toString());
  }

  private void detokenize(JsonNode body, TestServer.Wire wire) throws IOException {
    StringBuilder text = new StringBuilder();
    for (JsonNode token : body.path("tokens")) {
      text.append(token.asInt() < WORDS.size() ? WORDS.get(token.asInt()) : "?");
    }
    wire.json(Json.mapper().createObjectNode().put("prompt", text.toString()).toString());
  }

  /// Says how likely given tokens are: each as likely as any.
  private void given(JsonNode body, TestServer.Wire wire) throws IOException, InterruptedException {
    if (fault.happens(given.getAndIncrement(), body, wire)) return;
    ObjectNode answer = Json.mapper().createObjectNode();
    ObjectNode choice = answer.putArray("choices").addObject().put("text", "x");
    ArrayNode told = choice.put("finish_reason", "length").putArray("prompt_logprobs");
    told.addNull();
    for (int i = 1; i < body.path("prompt").size(); i++) {
      told.addObject().putObject(body.path("prompt").get(i).asString()).put("logprob", WORD);
    }
    wire.json(answer.toString());
  }

  private void draw(TestServer.Asked asked, TestServer.Wire wire)
      throws IOException, InterruptedException {
    JsonNode body = Json.read(asked.body());
    boolean trial = TRIALS.stream().anyMatch(asked.body()::contains);
    if (!trial && fault.happens(drawn.getAndIncrement(), body, wire)) return;
    if (asked.body().length() > LONGEST_PROMPT) {
      wire.answer(400, "application/json", "{\"error\":{\"message\":\"too long\",\"code\":400}}");
    } else {
      wire.json(completion(body, asked.path().contains("chat")).toString());
    }
  }

  /// The answer to a question: a function of its seed and its prompt.
  ///
  /// @param body the question
  /// @param chat whether it is a conversation
  /// @return the answer
  public static ObjectNode completion(JsonNode body, boolean chat) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom")
            .create(
                31L * body.path("seed").asLong()
                    + body.path("messages").hashCode()
                    + body.path("prompt").hashCode());
    ObjectNode answer = Json.mapper().createObjectNode().put("model", "words");
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    ArrayNode content = Json.mapper().createArrayNode();
    ArrayNode ids = choice.putArray("token_ids");
    StringBuilder text = new StringBuilder();
    String finish = "length";
    for (int i = 0; i < body.path("max_tokens").asInt(); i++) {
      int token = random.nextInt(WORDS.size() + 1);
      ids.add(token);
      boolean end = token == WORDS.size();
      String word = end ? "<end>" : WORDS.get(token);
      content.addObject().put("token", word).put("logprob", end ? END : WORD);
      if (end) {
        finish = "stop";
        break;
      }
      text.append(word);
    }
    choice.put("finish_reason", finish);
    if (body.has("logprobs")) choice.putObject("logprobs").set("content", content);
    if (chat) choice.putObject("message").put("content", text.toString());
    else choice.put("text", text.toString());
    answer.putObject("usage").put("completion_tokens", content.size()).put("prompt_tokens", 5);
    return answer;
  }

  @Override
  public void close() {
    server.close();
  }
}
