package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// Inputs of other people's kinds, with what must come out. The numbers were worked out by hand: of
/// 0/1 rewards 1 − C(N−c, n)/C(N, n), of scores the mean of the best over all subsets.
class CasesTest {
  private static final Path CASES = Path.of("src/test/resources/topdraw/cli/cases");

  @TempDir private Path temp;

  /// One of them, as its file says it.
  record Case(JsonNode json) {
    @Override
    public String toString() {
      return json.get("name").asString();
    }

    private boolean has(String what) {
      return json.has(what);
    }
  }

  static Stream<Case> cases() throws IOException {
    return Json.read(Files.readString(CASES.resolve("cases.json"))).valueStream().map(Case::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isReadAsItIs(Case one) throws IOException {
    Path folder = CASES.resolve(one.json().get("dir").asString());
    boolean json = one.json().at("/args/0").asString().equals("analyze") && !one.has("text");
    List<String> arguments = new ArrayList<>();
    for (JsonNode argument : one.json().get("args")) {
      String word = argument.asString().replace("OUT", temp.resolve("out").toString());
      boolean file = word.matches("[\\w.-]+\\.\\w+") && Files.exists(folder.resolve(word));
      arguments.add(file ? folder.resolve(word).toString() : word);
    }
    if (json) {
      arguments.add("--json");
    }
    Ran ran = Ran.topdraw(arguments.toArray(String[]::new));
    StringBuilder all = new StringBuilder(ran.out()).append(ran.err());
    try (Stream<Path> written = Files.list(temp)) {
      for (Path file : written.toList()) {
        all.append(Files.readString(file));
      }
    }
    assertThat(ran.exitCode()).as(ran.err()).isIn(codes(one));
    says(one, all.toString());
    if (json && ran.exitCode() == 0) {
      numbers(one.json(), Json.read(ran.out()));
    }
  }

  private static Set<Integer> codes(Case one) {
    JsonNode code = one.json().path("rc");
    return code.isMissingNode()
        ? Set.of(0)
        : code.isArray()
            ? Set.copyOf(code.valueStream().map(JsonNode::asInt).toList())
            : Set.of(code.asInt());
  }

  private static void says(Case one, String all) {
    for (String what : List.of("says", "never")) {
      if (one.has(what)) {
        Pattern pattern =
            Pattern.compile(
                one.json().get(what).asString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        assertThat(pattern.matcher(all).find())
            .as(what + " " + pattern + " in " + all)
            .isEqualTo(what.equals("says"));
      }
    }
  }

  private static void numbers(JsonNode wanted, JsonNode sheet) {
    if (wanted.has("prompts")) {
      assertThat(sheet.get("prompts")).isEqualTo(wanted.get("prompts"));
    }
    if (wanted.has("audit")) {
      assertThat(sheet.get("audit").valueStream())
          .filteredOn(verdict -> !verdict.get("check").asString().contains("meaning"))
          .extracting(verdict -> verdict.get("verdict").asString())
          .containsAnyOf("warn", "refuse");
    }
    for (JsonNode quantity : wanted.path("withheld")) {
      assertThat(estimates(sheet, quantity.asString())).isEmpty();
    }
    if (wanted.has("values")) {
      Map<String, Double> passes = estimates(sheet, "pass_at_k");
      Map<String, Double> found = passes.isEmpty() ? estimates(sheet, "reward") : passes;
      JsonNode values = wanted.get("values");
      assertThat(values.isArray() ? values.valueStream() : Stream.of(values))
          .as(found.toString())
          .anySatisfy(table -> table.forEachEntry((n, value) -> near(found, n, value)));
    }
  }

  private static void near(Map<String, Double> found, String n, JsonNode value) {
    double truth = value.doubleValue();
    assertThat(found).containsKey(n);
    assertThat(found.get(n)).isCloseTo(truth, Offset.offset(5e-4 * Math.max(1, Math.abs(truth))));
  }

  private static Map<String, Double> estimates(JsonNode sheet, String quantity) {
    Map<String, Double> found = new HashMap<>();
    for (JsonNode at : sheet.get("curve")) {
      for (JsonNode finding : at.get("findings")) {
        if (finding.get("quantity").asString().equals(quantity)
            && finding.get("evidence").asString().equals("estimate")
            && finding.get("role").asString().equals("value")) {
          found.putIfAbsent(at.get("n").asString(), finding.get("value").doubleValue());
        }
      }
    }
    return found;
  }
}
