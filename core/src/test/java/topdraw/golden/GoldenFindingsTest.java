package topdraw.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Every finding of a case, no more and no fewer, with its interval and what it rests on.
class GoldenFindingsTest {
  static Stream<Golden.Case> analyses() {
    return Golden.cases("analysis");
  }

  @ParameterizedTest
  @MethodSource("analyses")
  void anAnalysisFinds(Golden.Case asked) {
    CoreFindings.Analysed found =
        CoreFindings.analysis(
            Pools.named(asked.question().get("pool").stringValue()),
            asked.question().get("settings"),
            asked.confidence());
    assertSame(found.findings(), asked.findings());
    var withheld = new TreeSet<String>();
    asked.question().get("withheld").values().forEach(one -> withheld.add(one.stringValue()));
    assertThat(found.withheld()).isEqualTo(withheld);
    if (asked.question().has("prompts")) {
      assertShown(found.prompts(), asked.question().get("prompts"));
    }
  }

  private static void assertShown(List<CoreFindings.Shown> found, JsonNode expected) {
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < found.size(); i++) {
      JsonNode prompt = expected.get(i);
      assertThat(found.get(i).key()).isEqualTo(prompt.get("key").stringValue());
      assertThat(found.get(i).draws()).isEqualTo(prompt.get("draws").intValue());
      assertThat(found.get(i).best())
          .isEqualTo(
              "%s by %s",
              prompt.get("best").get(0).doubleValue(), prompt.get("best").get(1).stringValue());
      assertSame(found.get(i).lines(), Golden.lines(prompt.get("lines")));
    }
  }

  static Stream<Golden.Case> pools() {
    return Golden.cases("prompt-pool");
  }

  @ParameterizedTest
  @MethodSource("pools")
  void allDrawsOfOnePromptSay(Golden.Case asked) {
    JsonNode question = asked.question();
    List<Line> found =
        CoreFindings.pool(
            Pools.samples(Pools.named(question.get("pool").stringValue()))
                .get(question.get("prompt").intValue()),
            question.get("reward").stringValue(),
            question.get("n").intValue(),
            asked.confidence());
    assertSame(found, asked.findings());
  }

  static Stream<Golden.Case> rounds() {
    return Golden.cases("rounds");
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void aSingleSelectionSays(Golden.Case asked) {
    assertSame(CoreRounds.round(asked.question(), asked.confidence()), asked.findings());
  }

  static Stream<Golden.Case> blockwise() {
    return Golden.cases("blockwise");
  }

  @ParameterizedTest
  @MethodSource("blockwise")
  void aCompletionChosenBlockByBlockSays(Golden.Case asked) {
    assertSame(CoreRounds.blockwise(asked.question(), asked.confidence()), asked.findings());
  }

  static Stream<Golden.Case> pilotPlans() {
    return Golden.cases("pilot-plan");
  }

  @ParameterizedTest
  @MethodSource("pilotPlans")
  void recordedSamplesAnswerTargets(Golden.Case asked) {
    CorePlans.Pilot found = CorePlans.pilot(asked.question());
    assertSame(found.findings(), asked.findings());
    assertThat(found.answer()).isEqualTo(CorePlans.Answer.of(asked.question().get("answer")));
  }

  static Stream<Golden.Case> theoryPlans() {
    return Golden.cases("theory-plan");
  }

  @ParameterizedTest
  @MethodSource("theoryPlans")
  void theoryAloneAnswersTargets(Golden.Case asked) {
    CorePlans.Theory found = CorePlans.theory(asked.question());
    assertSame(found.findings(), asked.findings());
    JsonNode answer = asked.question().get("answer");
    assertThat(found.settings())
        .isEqualTo(answer.get("settings").values().stream().map(CorePlans.Knobs::of).toList());
    assertThat(found.missed())
        .isEqualTo(
            answer.get("missed").values().stream()
                .map(m -> m.values().stream().map(JsonNode::stringValue).toList())
                .toList());
    assertThat(found.choice()).isEqualTo(CorePlans.word(answer, "choice"));
    assertThat(found.impossible()).isEqualTo(answer.get("impossible").booleanValue());
    List<double[]> frontier = CorePlans.points(answer.get("frontier"));
    assertThat(found.frontier()).hasSameSizeAs(frontier);
    for (int i = 0; i < frontier.size(); i++) {
      assertThat(found.frontier().get(i)).containsExactly(frontier.get(i), Offset.offset(1e-11));
    }
  }

  static Stream<Golden.Case> comparisons() {
    return Golden.cases("side-by-side");
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void methodsSideBySideCost(Golden.Case asked) {
    assertSame(CorePlans.sideBySide(asked.question(), asked.confidence()), asked.findings());
  }

  static Stream<Golden.Case> studies() {
    return Golden.cases("gold");
  }

  /// Which prompts choose and which judge is left to chance, so that is one of many outcomes.
  @ParameterizedTest
  @MethodSource("studies")
  void aProxyDoesToTheGoldReward(Golden.Case asked) {
    JsonNode question = asked.question();
    CoreGold.Study found = CoreGold.study(question);
    assertThat(found.leftOut()).isEqualTo(question.get("left_out").longValue());
    List<String> parts =
        question.get("parts").values().stream().map(JsonNode::stringValue).toList();
    List<Line> lines = new ArrayList<>();
    if (parts.contains("points")) {
      lines.addAll(found.points());
    }
    if (parts.contains("fits")) {
      lines.addAll(found.fits());
    }
    assertSame(lines, asked.findings());
    if (parts.contains("hold-out")) {
      CoreGold.HoldOut held = found.holdOut().orElseThrow();
      assertThat(question.get("outcomes").values().stream().map(CoreGold.HoldOut::of))
          .as("an outcome with just these numbers: %s", held)
          .anyMatch(one -> isSame(held, one));
    }
  }

  /// Seeds 0 to 19 choose many of the ways to halve four prompts.
  @Test
  void theSeedHalvesThePrompts() {
    Golden.Case asked =
        studies().filter(c -> c.question().has("outcomes")).findFirst().orElseThrow();
    var lengths = new TreeSet<Double>();
    for (long seed = 0; seed < 20; seed++) {
      CoreGold.HoldOut held = CoreGold.study(asked.question(), seed).holdOut().orElseThrow();
      lengths.add(held.findings().getLast().value());
    }
    assertThat(lengths.size()).isBetween(4, 12);
  }

  private static boolean isSame(CoreGold.HoldOut found, CoreGold.HoldOut one) {
    return found.n() == one.n()
        && found.chosenOn() == one.chosenOn()
        && found.judgedOn() == one.judgedOn()
        && differences(found.findings(), one.findings()).isEmpty();
  }

  static void assertSame(List<Line> found, List<Line> expected) {
    assertThat(found.stream().map(Line::key).toList())
        .containsExactlyInAnyOrderElementsOf(expected.stream().map(Line::key).toList());
    assertThat(differences(found, expected)).isEmpty();
  }

  private static List<String> differences(List<Line> found, List<Line> expected) {
    Map<String, Line> byKey =
        found.stream().collect(Collectors.toMap(Line::key, Function.identity()));
    List<String> wrong = new ArrayList<>();
    if (found.size() != expected.size()) {
      wrong.add(found.size() + " findings, not " + expected.size());
    }
    for (Line line : expected) {
      Line same = byKey.get(line.key());
      wrong.addAll(same == null ? List.of(line.key() + ": missing") : differences(same, line));
    }
    return wrong;
  }

  private static List<String> differences(Line found, Line expected) {
    List<String> wrong = new ArrayList<>();
    compare(wrong, expected, "value", found.value(), expected.value());
    if (found.interval().isPresent() && expected.interval().isPresent()) {
      Line.Ends a = found.interval().get();
      Line.Ends b = expected.interval().get();
      compare(wrong, expected, "lower end", a.lower(), b.lower());
      compare(wrong, expected, "upper end", a.upper(), b.upper());
    } else if (found.interval().isPresent() != expected.interval().isPresent()) {
      wrong.add(expected.key() + ": interval " + found.interval() + ", not " + expected.interval());
    }
    if (!near(found.confidence(), expected.confidence())) {
      wrong.add(expected.key() + ": " + found.confidence() + ", not " + expected.confidence());
    }
    if (!found.samples().equals(expected.samples())) {
      wrong.add(expected.key() + ": samples " + found.samples() + ", not " + expected.samples());
    }
    if (!found.prompts().equals(expected.prompts())) {
      wrong.add(expected.key() + ": prompts " + found.prompts() + ", not " + expected.prompts());
    }
    return wrong;
  }

  private static boolean near(OptionalDouble found, OptionalDouble expected) {
    return found.isPresent() == expected.isPresent()
        && Math.abs(found.orElse(0) - expected.orElse(0)) < 1e-12;
  }

  private static void compare(
      List<String> wrong, Line line, String what, double found, double expected) {
    double room = line.tolerance().orElse(1e-11) * Math.max(0.1, Math.abs(expected));
    if (!(found == expected || Math.abs(found - expected) <= room)) {
      wrong.add("%s: %s %s, not %s".formatted(line.key(), what, found, expected));
    }
  }
}
