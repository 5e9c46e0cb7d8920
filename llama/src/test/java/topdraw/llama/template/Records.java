package topdraw.llama.template;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// What tools/templates/record.py recorded: Hugging Face's own renderings.
final class Records {
  /// The time that the recordings were made to be at.
  static final LocalDateTime NOW = LocalDateTime.parse("2025-03-09T14:05:06");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private static final List<Map<String, Object>> CONVERSATIONS =
      MAPPER.readValue(text("conversations.json"), new TypeReference<>() {});

  private Records() {}

  static InputStream resource(String name) {
    InputStream in = Records.class.getResourceAsStream(name);
    if (in == null) throw new IllegalStateException("no test resource " + name);
    return in;
  }

  static String text(String name) {
    try (InputStream in = resource(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What became of a template for a conversation, or of a generated one.
  ///
  /// @param output what was printed; null where it was refused
  record Rendering(
      @Nullable Integer seed,
      String template,
      String conversation,
      boolean generation,
      @Nullable String output) {}

  static List<Rendering> renderings(InputStream in) {
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> MAPPER.readValue(line, Rendering.class)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Rendering> published() throws IOException {
    return renderings(new GZIPInputStream(resource("recorded.jsonl.gz")));
  }

  static Map<String, Object> object(String name) {
    return MAPPER.readValue(text(name), new TypeReference<>() {});
  }

  /// The variables of a conversation, as transformers hands them over.
  static Map<String, Object> variables(String conversation, boolean generation) {
    Map<String, Object> found =
        CONVERSATIONS.stream()
            .filter(one -> conversation.equals(one.get("name")))
            .findFirst()
            .orElseThrow();
    Map<String, Object> variables = new HashMap<>();
    variables.put("messages", found.get("messages"));
    variables.put("tools", found.get("tools"));
    variables.put("documents", found.get("documents"));
    variables.put("add_generation_prompt", generation);
    variables.put("bos_token", "<s>");
    variables.put("eos_token", "</s>");
    variables.put("unk_token", "<unk>");
    variables.put("pad_token", "<pad>");
    if (found.get("variables") instanceof Map<?, ?> more) {
      more.forEach((name, value) -> variables.put((String) name, value));
    }
    return variables;
  }

  /// What we make of a template, in the form of the recordings: null where it is refused.
  static @Nullable String rendered(String template, Map<String, Object> variables) {
    try {
      return Template.read(template).render(variables, NOW);
    } catch (TemplateException e) {
      return null;
    }
  }
}
