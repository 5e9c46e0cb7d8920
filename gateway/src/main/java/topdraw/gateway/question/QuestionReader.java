package topdraw.gateway.question;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.json.Json;

/// Reads the bodies of `/v1/chat/completions` and `/v1/completions`.
///
/// Fields of others go on as they came. Those that would send another gateway's requests elsewhere,
/// as LiteLLM reads them, are neither read nor passed on.
public final class QuestionReader {
  private static final int DEEPEST = 100;
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_NAME = 256;
  private static final int MOST_CHOICES = 128;
  private static final int MOST_STOPS = 4;
  private static final int LONGEST_MODEL = 256;
  private static final List<String> ELSEWHERE = List.of("base_url", "api_base", "api_key");
  private static final List<String> ROLES =
      List.of("system", "developer", "user", "assistant", "tool", "function");

  private final JsonMapper mapper;

  /// A reader.
  ///
  /// @param mostBytes the longest body
  public QuestionReader(int mostBytes) {
    mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxDocumentLength(mostBytes)
                            .maxStringLength(mostBytes)
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxNameLength(LONGEST_NAME)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
  }

  /// Reads a conversation to go on with.
  ///
  /// @param body the body of `/v1/chat/completions`
  /// @param headers what its headers say of how the answer is chosen
  /// @return the question
  /// @throws ApiException if it is none that can be answered, naming the field
  public Question chat(byte[] body, Options headers) {
    ObjectNode object = object(body);
    Fields fields = new Fields(object, "");
    Prompt prompt = given("messages", () -> new Prompt.Chat(messages(fields)));
    boolean likely = fields.flag("logprobs").orElse(false);
    fields
        .whole("top_logprobs", 0, 20)
        .ifPresent(
            top -> {
              if (!likely) {
                throw ApiException.invalid(
                    "top_logprobs", "invalid_value", "top_logprobs needs logprobs: true");
              }
            });
    Optional<Integer> tokens =
        fields
            .whole("max_completion_tokens", 1, Integer.MAX_VALUE)
            .or(() -> fields.whole("max_tokens", 1, Integer.MAX_VALUE));
    return question(fields, prompt, tokens, likely, headers, List.of());
  }

  /// Reads a text to go on with.
  ///
  /// @param body the body of `/v1/completions`
  /// @param headers what its headers say of how the answer is chosen
  /// @return the question
  /// @throws ApiException if it is none that can be answered, naming the field
  public Question text(byte[] body, Options headers) {
    ObjectNode object = object(body);
    Fields fields = new Fields(object, "");
    JsonNode asked = fields.any("prompt").orElseThrow(() -> missing("prompt"));
    if (asked.isArray() && asked.size() == 1) asked = asked.get(0);
    if (!asked.isString()) {
      throw ApiException.invalid(
          "prompt",
          "unsupported_value",
          "prompt is one text here; send several as requests of their own");
    }
    for (String unheard : List.of("echo", "suffix")) {
      fields
          .any(unheard)
          .filter(value -> !(value.isBoolean() && !value.booleanValue()))
          .ifPresent(
              value -> {
                throw ApiException.invalid(
                    unheard, "unsupported_parameter", unheard + " is not offered here");
              });
    }
    String text = asked.stringValue();
    Prompt prompt = given("prompt", () -> new Prompt.Text(text));
    List<String> warnings = new ArrayList<>();
    Optional<Integer> best = fields.whole("best_of", 1, MOST_CHOICES);
    Options said = headers;
    if (best.isPresent()) {
      said = said.or(Options.NONE.withN(best.get()));
      warnings.add(
          "best_of is read as topdraw.n: the best by the gateway's reward, not by log-probability a"
              + " token");
    }
    boolean likely = fields.whole("logprobs", 0, 5).isPresent();
    Optional<Integer> tokens =
        fields.whole("max_tokens", 1, Integer.MAX_VALUE).or(() -> Optional.of(16));
    return question(fields, prompt, tokens, likely, said, warnings);
  }

  private Question question(
      Fields fields,
      Prompt prompt,
      Optional<Integer> tokens,
      boolean likely,
      Options headers,
      List<String> warnings) {
    ObjectNode body = (ObjectNode) fields.object();
    String model = fields.text("model").orElseThrow(() -> missing("model"));
    if (model.length() > LONGEST_MODEL) {
      throw ApiException.invalid("model", "invalid_value", "model is at most 256 characters long");
    }
    Options said = OptionsReader.of(body.path("topdraw"), "topdraw.");
    Options options = said.or(headers);
    Question.Settings settings =
        new Question.Settings(
            fields.number("temperature", 0, 2),
            fields.number("top_p", 0, 1),
            fields.whole("top_k", -1, Integer.MAX_VALUE),
            fields.number("min_p", 0, 1),
            tokens);
    Optional<Question.Stream> stream =
        fields.flag("stream").orElse(false)
            ? Optional.of(
                new Question.Stream(
                    fields
                        .any("stream_options")
                        .map(more -> new Fields(more, "stream_options."))
                        .flatMap(more -> more.flag("include_usage"))
                        .orElse(false)))
            : Optional.empty();
    int choices = fields.whole("n", 1, MOST_CHOICES).orElse(1);
    Optional<Long> seed = said.seed().or(() -> fields.seed("seed")).or(headers::seed);
    List<String> stop = stops(fields);
    body.remove("topdraw");
    ELSEWHERE.forEach(body::remove);
    return new Question(
        model, prompt, settings, choices, stream, likely, stop, seed, options, body, warnings);
  }

  private static List<String> stops(Fields fields) {
    JsonNode stop = fields.any("stop").orElse(null);
    if (stop == null) return List.of();
    List<String> texts = new ArrayList<>();
    for (JsonNode one : stop.isArray() ? stop : Json.mapper().createArrayNode().add(stop)) {
      if (!one.isString() || one.stringValue().isEmpty()) {
        throw ApiException.invalid(
            "stop", "invalid_value", "stop is a text, or a list of at most 4");
      }
      texts.add(one.stringValue());
    }
    if (texts.size() > MOST_STOPS) {
      throw ApiException.invalid(
          "stop", "invalid_value", "stop is a text, or a list of at most 4, had " + texts.size());
    }
    return texts;
  }

  private static List<Prompt.Message> messages(Fields fields) {
    JsonNode list = fields.any("messages").orElseThrow(() -> missing("messages"));
    if (!(list instanceof ArrayNode) || list.isEmpty()) {
      throw fields.wrong("messages", "is a list of at least one message", list);
    }
    List<Prompt.Message> messages = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      messages.add(message(list.get(i), "messages[" + i + "]"));
    }
    return messages;
  }

  private static Prompt.Message message(JsonNode message, String path) {
    if (!message.isObject()) {
      throw ApiException.invalid(
          path, "invalid_type", path + " is an object with role and content");
    }
    Fields fields = new Fields(message, path + ".");
    String role = fields.text("role").orElseThrow(() -> missing(path + ".role"));
    if (!ROLES.contains(role)) {
      throw ApiException.invalid(
          path + ".role",
          "invalid_value",
          path + ".role is one of " + String.join(", ", ROLES) + ", was " + Fields.shortly(role));
    }
    ObjectNode more = ((ObjectNode) message).deepCopy();
    more.remove("role");
    JsonNode content = more.path("content");
    Optional<String> text =
        content.isString() ? Optional.of(content.stringValue()) : texts(content);
    if (text.isPresent()) more.remove("content");
    return new Prompt.Message(
        role, text.orElse(""), more.isEmpty() ? Optional.empty() : Optional.of(Json.line(more)));
  }

  /// Parts that are all text are one text.
  private static Optional<String> texts(JsonNode content) {
    if (!content.isArray() || content.isEmpty()) return Optional.empty();
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      if (!part.path("type").asString("").equals("text") || !part.path("text").isString()) {
        return Optional.empty();
      }
      text.append(text.isEmpty() ? "" : "\n").append(part.path("text").stringValue());
    }
    return Optional.of(text.toString());
  }

  private ObjectNode object(byte[] body) {
    try {
      // The parser takes more than UTF-8 allows, and other encodings too.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (mapper.readTree(text) instanceof ObjectNode object) return object;
    } catch (CharacterCodingException e) {
      throw new ApiException(
          400, "invalid_request_error", "invalid_json", Optional.empty(), "the body is not UTF-8");
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new ApiException(
          400,
          "invalid_request_error",
          "invalid_json",
          Optional.empty(),
          "the body is no JSON that is taken here, line %d, column %d: %s"
              .formatted(line, column, Fields.shortly(String.valueOf(e.getOriginalMessage()))));
    }
    throw new ApiException(
        400,
        "invalid_request_error",
        "invalid_json",
        Optional.empty(),
        "the body is a JSON object, as {\"model\": …, \"messages\": […]}");
  }

  private static ApiException missing(String name) {
    return ApiException.invalid(name, "missing_required_parameter", name + " is missing");
  }

  private static Prompt given(String parameter, java.util.function.Supplier<Prompt> made) {
    try {
      return made.get();
    } catch (InputException e) {
      throw ApiException.invalid(parameter, "invalid_value", String.valueOf(e.getMessage()));
    }
  }
}
