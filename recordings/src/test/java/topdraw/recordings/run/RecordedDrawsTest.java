package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.Origin;
import topdraw.draw.Outcome;
import topdraw.draw.Place;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.json.Json;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.replay.ImportedPolicy;
import topdraw.recordings.replay.RecordedPolicy;
import topdraw.reference.Answer;

/// Whatever is known of a draw comes back from a run as it was, and nothing is made up.
class RecordedDrawsTest {
  @TempDir private Path temp;

  static Stream<LogProbability> logProbabilities() {
    return Stream.concat(
        Stream.of(
            LogProbability.exact(-1.25),
            LogProbability.atMost(-1.25, new AtMost.Reason.Truncation()),
            LogProbability.atMost(-1.25, new AtMost.Reason.Recorded()),
            LogProbability.atMost(-1.25, new AtMost.Reason.Margin(5e-4)),
            new Unproven(-9999, Doubt.IMPOSSIBLE),
            LogProbability.missing()),
        Arrays.stream(Doubt.values())
            .filter(doubt -> doubt != Doubt.IMPOSSIBLE)
            .map(doubt -> new Unproven(-1.25, doubt)));
  }

  static Stream<Tokens> tokens() {
    return Stream.of(
        new Tokens.Ids(new int[] {3, 1, 2}, new double[] {-0.5, -0.25, -0.5}),
        new Tokens.Ids(new int[] {3, 1, 2}, new double[0]),
        new Tokens.Texts(List.of("Pa", "ris", ""), new double[] {-0.5, -0.25, -0.5}),
        new Tokens.Texts(List.of("Pa", "ris", ""), new double[0]),
        new Tokens.Count(3),
        new Tokens.Count(2.5),
        Tokens.unknown());
  }

  private Draw back(Draw draw) throws IOException {
    ScriptedPolicy policy =
        new ScriptedPolicy(7, (request, _) -> new Answer.Drawn(draw.withIndex(request.index())));
    try (RunFolder run = Runs.open(temp, 7, 1)) {
      run.record(policy, Runs.REWARDS, (_, _) -> {});
    }
    // Our own reader, and the one for everybody's files, see the same.
    List<Draw> imported = new ArrayList<>();
    try (Recording recording =
        Recordings.open(
            List.of(temp.resolve("samples.jsonl").toString()),
            new Mapping(Map.of(), List.of(), false))) {
      recording.forEach(prompt -> imported.addAll(prompt.draws()));
    }
    try (RunReader run = RunReader.open(temp)) {
      Draw first = run.prompt(0).draws().getFirst();
      assertThat(imported.getFirst().logProbability()).isEqualTo(first.logProbability());
      assertThat(imported.getFirst().outcome()).isEqualTo(first.outcome());
      assertThat(imported.getFirst().length()).isEqualTo(first.length());
      assertThat(imported.getFirst().finish()).isEqualTo(first.finish());
      return first;
    }
  }

  private static Draw draw(Tokens tokens, LogProbability logProbability, FinishReason finish) {
    return Draw.of(0, "Paris", tokens, logProbability, finish);
  }

  private void assertComesBack(Draw draw) throws IOException {
    assertThat(back(draw).withScores(Scores.none()).withOrigin(Origin.JUST_DRAWN)).isEqualTo(draw);
  }

  @ParameterizedTest
  @MethodSource("logProbabilities")
  void aLogProbabilityComesBackWithItsWorth(LogProbability logProbability) throws IOException {
    assertComesBack(draw(new Tokens.Count(3), logProbability, FinishReason.STOP));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void tokensComeBackAsFarAsTheyAreKnown(Tokens tokens) throws IOException {
    assertComesBack(draw(tokens, LogProbability.exact(-1.25), FinishReason.STOP));
    Files.delete(temp.resolve("samples.jsonl"));
    if (!(tokens instanceof Tokens.Ids || tokens instanceof Tokens.Texts)) {
      assertComesBack(draw(tokens, LogProbability.missing(), FinishReason.STOP));
    }
  }

  @ParameterizedTest
  @MethodSource("finishes")
  void anyWordForTheEndComesBack(FinishReason finish) throws IOException {
    assertComesBack(draw(Tokens.unknown(), LogProbability.missing(), finish));
  }

  static Stream<FinishReason> finishes() {
    return Stream.of(
        FinishReason.STOP,
        FinishReason.of("max_tokens"),
        FinishReason.of("content_filter"),
        FinishReason.of("a word of theirs"),
        FinishReason.NOT_RECORDED);
  }

  @Test
  void aDrawOfWhichOnlyTheTextIsKnownHasNoNumbersInItsLine() throws IOException {
    assertComesBack(draw(Tokens.unknown(), LogProbability.missing(), FinishReason.NOT_RECORDED));
    var line = Json.read(Files.readAllLines(temp.resolve("samples.jsonl")).getFirst());
    assertThat(line.get("logprob").isNull()).isTrue();
    assertThat(line.get("completion").propertyNames()).containsExactly("text");
    assertThat(line.has("usage")).isFalse();
    assertThat(line.at("/rewards/0/value").isNull()).isTrue();
    assertThat(line.at("/rewards/0/error").asString()).contains("no log-probability");
  }

  @Test
  void theSeedAndThePolicyOfOneDrawComeBack() throws IOException {
    Place place = Place.of("elsewhere");
    Origin origin = new Origin(Optional.of("server A"), Optional.of("77"), place);
    Draw draw =
        new Draw(
            0,
            new Outcome.Said("Paris", false),
            Optional.of("Paris"),
            Tokens.unknown(),
            LogProbability.missing(),
            FinishReason.STOP,
            Scores.none(),
            OptionalDouble.empty(),
            origin);
    Origin read = back(draw).origin();
    assertThat(read.policy()).isEqualTo(origin.policy());
    assertThat(read.seed()).isEqualTo(origin.seed());
    assertThat(read.place().toString()).startsWith(temp + ", ").endsWith(", sample 0");
  }

  @Test
  void aRunOfWhatOthersRecordedResumesAndReplays() throws IOException {
    Path file = temp.resolve("rows.jsonl");
    StringBuilder rows = new StringBuilder();
    for (String prompt : List.of("one", "two \"quoted\"", "three ☃")) {
      for (int i = 0; i < 12; i++) {
        rows.append(
                Json.line(
                    Map.of(
                        "messages",
                        List.of(Map.of("role", "user", "content", prompt)),
                        "response",
                        "answer " + i % 4)))
            .append('\n');
      }
    }
    Files.writeString(file, rows);
    try (Recording recording =
        Recordings.open(List.of(file.toString()), new Mapping(Map.of(), List.of(), false))) {
      ImportedPolicy policy = ImportedPolicy.of(recording);
      assertThat(policy.capabilities().logProbabilities()).isFalse();
      record(policy, temp.resolve("run"), 1);
      record(policy, temp.resolve("run"), 2);
      record(policy, temp.resolve("at-once"), 2);
    }
    assertThat(Runs.samples(temp.resolve("run"))).isEqualTo(Runs.samples(temp.resolve("at-once")));
    try (RunReader run = RunReader.open(temp.resolve("run"));
        RecordedPolicy replay = RecordedPolicy.open(temp.resolve("run"))) {
      RecordedPrompt first = run.prompt(0);
      assertThat(first.draws())
          .hasSize(6)
          .allMatch(draw -> draw.logProbability().equals(LogProbability.missing()))
          .allMatch(draw -> draw.tokens().equals(Tokens.unknown()))
          .allMatch(draw -> draw.score() instanceof Score.Missing);
      assertThat(run.stream().toList().get(3).absent())
          .hasSize(6)
          .allMatch(absent -> absent.reason().contains("no such prompt") && !absent.again());
      assertThat(replay.capabilities().logProbabilities()).isFalse();
    }
  }

  private static void record(ImportedPolicy policy, Path folder, int batches) throws IOException {
    PromptFile prompts = Runs.prompts(Runs.PROMPTS);
    try (RunFolder run = RunFolder.open(folder, Runs.manifest(prompts, 7, batches), prompts)) {
      run.record(policy, Runs.REWARDS, (_, _) -> {});
    }
  }
}
