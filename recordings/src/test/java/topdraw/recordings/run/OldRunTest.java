package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.Score;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Measurements;
import topdraw.estimate.Questions;
import topdraw.json.Json;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.reward.Rewards;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;

/// A run written by an earlier version of the program, scored there by negative-length, and what
/// that version's `topdraw analyze --json` said of it: it still resumes, scores and analyses.
class OldRunTest {
  private static final Path RESOURCES = Path.of("src/test/resources/topdraw/recordings");

  @TempDir private Path temp;

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve("run-v1"))) {
      for (Path file : files.toList()) {
        Files.copy(file, temp.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void itIsReadWithEveryNumberItHas() throws IOException {
    try (RunReader run = RunReader.open(temp)) {
      List<JsonNode> lines =
          Files.readAllLines(temp.resolve("samples.jsonl")).stream().map(Json::read).toList();
      List<Draw> draws = run.stream().flatMap(prompt -> prompt.draws().stream()).toList();
      assertThat(draws).hasSize(24);
      for (Draw draw : draws) {
        assertThat(draw.logProbability()).isInstanceOf(LogProbability.Exact.class);
        assertThat(draw.score()).isEqualTo(new Score.Value(draw.logProbability().floor()));
        assertThat(draw.scores().of("negative-length"))
            .isEqualTo(new Score.Value(-draw.length().orElseThrow()));
      }
      assertThat(draws.stream().mapToDouble(draw -> draw.logProbability().floor()).sum())
          .isCloseTo(
              lines.stream().mapToDouble(line -> line.at("/logprob/sum").asDouble(0)).sum(),
              within(1e-12));
      assertThat(run.prompt(3).absent())
          .hasSize(6)
          .allMatch(absent -> absent.reason().equals("the prompt has 9000 tokens"));
    }
  }

  @Test
  void itIsMadeLongerWithTheBytesOfANewOneWithoutChecksums() throws IOException {
    byte[] before = Runs.samples(temp);
    assertThat(Runs.record(temp, 7, 3)).as("draws, of one batch").isEqualTo(4 * Runs.N);
    Runs.record(temp.resolve("new"), 7, 3);
    String anew = new String(Runs.samples(temp.resolve("new")), StandardCharsets.UTF_8);
    assertThat(Runs.samples(temp)).startsWith(before);
    assertThat(Files.readString(temp.resolve("samples.jsonl")))
        .isEqualTo(anew.replaceAll(",\"check\":\"[0-9a-f]{16}\"}\n", "}\n"))
        .isNotEqualTo(anew);
    assertThat(Scoring.score(temp, Rewards.negativeLength(), _ -> {})).isZero();
  }

  /// The estimate of the drift is corrected for its bias now, and bet on for what is proven of the
  /// drift; win rates are bet on between 1/2 and n/(n+1).
  private static final Set<String> ESTIMATED_OTHERWISE_NOW =
      Set.of("kl value", "kl lower_bound", "win_rate lower_bound");

  @Test
  void itsNumbersAreThoseThatWereFoundThen() throws IOException {
    JsonNode then = Json.read(Files.readString(RESOURCES.resolve("run-v1-analysis.json")));
    AnalysisQuestion question = AnalysisQuestion.of("log-likelihood");
    Measurements measured;
    try (Recording run = Recordings.open(List.of(temp.toString()), guessed())) {
      measured = Questions.of(question).measure(run, Runnable::run, 0);
    }
    Analysis now = Analysis.of(measured, question, Confidence.DEFAULT);
    assertThat(now.curve()).hasSize(then.get("curve").size());
    // Then the prompts were summed in the order of the file, which told in the last digits.
    for (int n = 0; n < now.curve().size(); n++) {
      JsonNode expected = then.get("curve").get(n);
      assertThat(now.curve().get(n).n()).isEqualTo(expected.get("n").asInt());
      List<Finding> found = now.curve().get(n).findings();
      for (JsonNode before : expected.get("findings")) {
        String quantity = before.get("quantity").asString();
        String role = before.get("role").asString();
        if (!ESTIMATED_OTHERWISE_NOW.contains(quantity + " " + role)) {
          assertThat(found)
              .as("n = %d: %s", expected.get("n").asInt(), before)
              .anySatisfy(
                  finding -> {
                    assertThat(finding.quantity().word()).isEqualTo(quantity);
                    assertThat(finding.role().word()).isEqualTo(role);
                    assertThat(finding.value())
                        .isCloseTo(before.get("value").asDouble(), within(1e-14));
                  });
        }
      }
    }
  }

  private static Mapping guessed() {
    return new Mapping(Map.of(), List.of(), false);
  }
}
