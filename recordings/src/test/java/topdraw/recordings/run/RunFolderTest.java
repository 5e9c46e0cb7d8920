package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Prompt;
import topdraw.json.Json;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.prompts.RunPrompt;

class RunFolderTest {
  @TempDir private Path temp;

  @Test
  void aRunIsALinePerCandidateThatStandsForItself() throws IOException {
    Path folder = temp.resolve("run");
    Runs.record(folder, 7, 2);
    List<String> lines = Files.readAllLines(folder.resolve("samples.jsonl"));
    assertThat(lines).hasSize(5 * Runs.N * 2);
    JsonNode line = Json.read(lines.get(3));
    assertThat(line.at("/v").intValue()).isEqualTo(1);
    assertThat(line.at("/run").stringValue()).hasSize(16);
    assertThat(line.at("/prompt_id").stringValue()).isEqualTo(Prompt.user("two \"quoted\"").key());
    assertThat(line.at("/i").intValue()).isZero();
    assertThat(line.at("/prompt/messages/0/content").stringValue()).isEqualTo("two \"quoted\"");
    assertThat(line.at("/completion/text").stringValue()).startsWith("é");
    assertThat(line.at("/logprob/eos").stringValue()).isEqualTo("included");
    assertThat(line.at("/rewards/0/name").stringValue()).isEqualTo("log-likelihood");
    assertThat(line.at("/rewards/0/settings_sha256").stringValue()).hasSize(64);
    assertThat(line.at("/rewards/0/value").doubleValue())
        .isEqualTo(line.at("/logprob/sum").doubleValue());
    assertThat(line.at("/sampling/max_tokens").intValue()).isEqualTo(4);
    assertThat(line.at("/sampling/seed").longValue()).isEqualTo(7);
    assertThat(line.at("/model/id").stringValue()).isEqualTo("made up");
  }

  @Test
  void linesHaveOneOrderHoweverTheDrawsFinish() throws IOException {
    Runs.record(temp.resolve("run"), 7, 2);
    List<String> keys = Runs.prompts(Runs.PROMPTS).prompts().stream().map(RunPrompt::key).toList();
    int line = 0;
    for (String text : Files.readAllLines(temp.resolve("run/samples.jsonl"))) {
      JsonNode json = Json.read(text);
      assertThat(json.at("/prompt_id").stringValue()).isEqualTo(keys.get(line / 3 % 5));
      assertThat(json.at("/i").intValue()).isEqualTo(line / 15 * 3 + line % 3);
      line++;
    }
  }

  @Test
  void anEqualPromptGetsAKeyAndCompletionsOfItsOwn() throws IOException {
    Runs.record(temp.resolve("run"), 7, 2);
    Set<String> draws = new HashSet<>();
    for (String text : Files.readAllLines(temp.resolve("run/samples.jsonl"))) {
      JsonNode json = Json.read(text);
      if (json.at("/prompt/messages/0/content").stringValue().equals("one")) {
        draws.add(json.path("draw").asInt(json.path("i").asInt()) + json.at("/logprob").toString());
      }
    }
    assertThat(draws).hasSize(12);
    assertThat(Runs.prompts(Runs.PROMPTS).prompts().get(2).key()).endsWith("#2");
  }

  @Test
  void aPromptThatDoesNotFitLeavesLinesThatSaySo() throws IOException {
    Runs.record(temp.resolve("run"), 7, 1);
    JsonNode line =
        Json.read(Files.readAllLines(temp.resolve("run/samples.jsonl")).get(3 * Runs.N));
    assertThat(line.path("completion").isNull()).isTrue();
    assertThat(line.path("error").stringValue()).isEqualTo("the prompt has 9000 tokens");
  }

  @Test
  void moreBatchesGoOnWhereFewerEnded() throws IOException {
    Runs.record(temp.resolve("once"), 7, 3);
    Runs.record(temp.resolve("twice"), 7, 1);
    assertThat(Runs.record(temp.resolve("twice"), 7, 3)).isEqualTo(4 * Runs.N * 2);
    assertThat(Runs.samples(temp.resolve("twice"))).isEqualTo(Runs.samples(temp.resolve("once")));
    assertThat(Runs.record(temp.resolve("twice"), 7, 3)).isZero();
    assertThatThrownBy(() -> Runs.record(temp.resolve("twice"), 7, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begun with batches 3");
  }

  @Test
  void aChangedSettingIsNamedWithBothItsValues() throws IOException {
    Runs.record(temp.resolve("run"), 7, 1);
    byte[] before = Runs.samples(temp.resolve("run"));
    assertThatThrownBy(() -> Runs.record(temp.resolve("run"), 8, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seed: 7 -> 8")
        .hasMessageNotContaining("max-tokens");
    assertThat(Runs.samples(temp.resolve("run"))).isEqualTo(before);
  }

  @Test
  void threadsAndTheClockDoNotMakeAnotherRun() {
    PromptFile prompts = Runs.prompts("one\n");
    RunManifest manifest = Runs.manifest(prompts, 1, 1);
    assertThat(manifest.settings().fingerprint()).containsOnlyKeys("library");
    assertThat(manifest.id()).isEqualTo(Runs.manifest(prompts, 1, 9).id());
  }

  @Test
  void theSecondWriterIsRefused() throws IOException {
    try (RunFolder _ = Runs.open(temp.resolve("run"), 7, 1)) {
      assertThatThrownBy(() -> Runs.open(temp.resolve("run"), 7, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is being written by another topdraw");
      assertThatThrownBy(() -> RunFolder.setAside(temp.resolve("run")))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Runs.open(temp.resolve("run"), 7, 1).close();
  }

  @Test
  void settingAsideDeletesNothing() throws IOException {
    Path folder = temp.resolve("run");
    Runs.record(folder, 7, 1);
    byte[] before = Runs.samples(folder);
    assertThat(RunFolder.setAside(folder)).contains(temp.resolve("run.1"));
    assertThat(Runs.samples(temp.resolve("run.1"))).isEqualTo(before);
    assertThat(RunFolder.setAside(folder)).isEmpty();
    Runs.record(folder, 8, 1);
    assertThat(RunFolder.setAside(folder)).contains(temp.resolve("run.2"));
  }

  @Test
  void aFolderThatHoldsSomethingElseIsNeverWrittenInto() throws IOException {
    Files.writeString(temp.resolve("precious.txt"), "mine");
    assertThatThrownBy(() -> Runs.open(temp, 7, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not empty");
    assertThat(temp.toFile().list()).containsExactly("precious.txt");
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertThatThrownBy(() -> Runs.open(file.resolve("run"), 7, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void anEditedManifestIsNoticed() throws IOException {
    Runs.record(temp.resolve("run"), 7, 1);
    Path file = temp.resolve("run/run.json");
    Files.writeString(file, Files.readString(file).replace("\"seed\" : 7", "\"seed\" : 9"));
    assertThatThrownBy(() -> Runs.record(temp.resolve("run"), 7, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has been edited");
  }

  @Test
  void findingsAppearWholeOrNotAtAll() throws IOException {
    try (RunFolder run = Runs.open(temp.resolve("run"), 7, 1)) {
      run.writeFindings(Map.of("v", 1));
      run.writeFindings(Map.of("v", 2));
    }
    assertThat(Json.read(Files.readString(temp.resolve("run/findings.json"))).at("/v").intValue())
        .isEqualTo(2);
    assertThat(temp.resolve("run/findings.json.partial")).doesNotExist();
  }

  @Test
  void linesOutOfPlaceAreNamed() throws IOException {
    Path folder = temp.resolve("run");
    Runs.record(folder, 7, 1);
    Path file = folder.resolve("samples.jsonl");
    List<String> lines = Files.readAllLines(file);

    List<String> doubled = new ArrayList<>(lines);
    doubled.add(5, lines.get(4));
    refused(folder, doubled, ":6: a line is missing, doubled or out of place");

    List<String> torn = new ArrayList<>(lines);
    torn.set(7, lines.get(7).substring(0, 40));
    refused(folder, torn, ":8: not JSON");

    List<String> foreign = new ArrayList<>(lines);
    foreign.set(2, lines.get(2).replaceAll("\"run\":\"\\w+\"", "\"run\":\"0123456789abcdef\""));
    refused(folder, foreign, ":3: a line of another run");

    List<String> more = new ArrayList<>(lines);
    more.addAll(lines.subList(0, 3));
    refused(folder, more, ":16: more lines than the run's 15");
  }

  private static void refused(Path folder, List<String> lines, String why) throws IOException {
    Path file = folder.resolve("samples.jsonl");
    Files.writeString(file, String.join("\n", lines) + "\n");
    byte[] before = Runs.samples(folder);
    assertThatThrownBy(() -> Runs.record(folder, 7, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file + why);
    assertThat(Arrays.equals(Runs.samples(folder), before)).isTrue();
  }
}
