package topdraw.golden;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// The resources that `tools/golden/core_findings.py` writes.
public final class Golden {
  private Golden() {}

  /// A question and what the second way answers.
  ///
  /// @param question pool, settings, and whatever else is asked
  /// @param findings all findings, no more and no fewer
  record Case(JsonNode question, List<Line> findings) {
    double confidence() {
      return question.get("confidence").doubleValue();
    }

    @Override
    public String toString() {
      return question.toString();
    }
  }

  static Stream<Case> cases(String resource) {
    return read(resource).values().stream()
        .map(json -> new Case(json.get("question"), lines(json.get("findings"))));
  }

  static List<Line> lines(JsonNode json) {
    List<Line> lines = new ArrayList<>();
    json.values().forEach(line -> lines.add(Line.of(line)));
    return lines;
  }

  public static JsonNode read(String resource) {
    String name = resource + ".json";
    try (InputStream in = Golden.class.getResourceAsStream(name)) {
      return Json.mapper().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
