package topdraw.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.reference.Completion;
import topdraw.reference.FinishReason;
import topdraw.reference.Prompt;
import topdraw.reference.Provenance;
import topdraw.reference.Sampling;
import topdraw.reward.Score;
import topdraw.selection.Candidate;

class RunFolderTest {
  private static final Prompt PROMPT = Prompt.user("What is \"left\"?");

  @TempDir private Path temp;

  private static RunManifest manifest() {
    return RunManifest.of(
        "quickstart",
        2,
        2,
        List.of("log-likelihood", "regex:x"),
        new Provenance("tiny", Map.of("threads", "2"), Sampling.plain(8), 7),
        Map.of("topdraw", "1"),
        "2026-01-01T00:00:00Z");
  }

  private static Candidate candidate(int index, String text) {
    return new Candidate(
        new Completion(
            index, text, new int[] {3, 0}, new double[] {-1.25, -0.1}, FinishReason.STOP),
        List.of(new Score.Value(-1.35), new Score.Missing("no x")));
  }

  private RunFolder create(Path folder) throws IOException {
    return RunFolder.create(folder, manifest());
  }

  @Test
  void aRunIsALinePerCandidateThatStandsForItself() throws IOException {
    try (RunFolder run = create(temp.resolve("run"))) {
      run.append(PROMPT, List.of(candidate(0, "up\nand \u2028 away"), candidate(1, "")));
    }
    List<String> lines = Files.readAllLines(temp.resolve("run/samples.jsonl"));
    assertThat(lines).hasSize(2);
    JsonNode line = Json.read(lines.getFirst());
    assertThat(line.at("/v").intValue()).isEqualTo(1);
    assertThat(line.at("/run").stringValue()).isEqualTo(manifest().id());
    assertThat(line.at("/prompt_id").stringValue()).isEqualTo(PROMPT.key());
    assertThat(line.at("/i").intValue()).isZero();
    assertThat(line.at("/prompt/messages/0/content").stringValue()).isEqualTo("What is \"left\"?");
    assertThat(line.at("/completion/text").stringValue()).isEqualTo("up\nand \u2028 away");
    assertThat(line.at("/completion/token_ids").toString()).isEqualTo("[3,0]");
    assertThat(line.at("/completion/finish_reason").stringValue()).isEqualTo("stop");
    assertThat(line.at("/logprob/sum").doubleValue()).isEqualTo(-1.25 - 0.1);
    assertThat(line.at("/logprob/eos").stringValue()).isEqualTo("included");
    assertThat(line.at("/rewards/0/value").doubleValue()).isEqualTo(-1.35);
    assertThat(line.at("/rewards/1/value").isNull()).isTrue();
    assertThat(line.at("/rewards/1/error").stringValue()).isEqualTo("no x");
  }

  @Test
  void theManifestHoldsEverythingThatDecidesTheSamples() throws IOException {
    create(temp.resolve("run")).close();
    JsonNode manifest = Json.read(Files.readString(temp.resolve("run/run.json")));
    assertThat(manifest.at("/seed").longValue()).isEqualTo(7);
    assertThat(manifest.at("/sampling/top_k").intValue()).isZero();
    assertThat(manifest.at("/sampling/max_tokens").intValue()).isEqualTo(8);
    assertThat(manifest.at("/fingerprint/threads").stringValue()).isEqualTo("2");
    assertThat(manifest.at("/rewards").toString()).isEqualTo("[\"log-likelihood\",\"regex:x\"]");
  }

  @Test
  void aFolderThatHoldsSomethingIsNeverWrittenInto() throws IOException {
    Files.writeString(temp.resolve("precious.txt"), "mine");
    assertThatThrownBy(() -> create(temp))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not empty");
    assertThat(temp.toFile().list()).containsExactly("precious.txt");
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertThatThrownBy(() -> create(file.resolve("run")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("another folder");
  }

  @Test
  void findingsAppearWholeOrNotAtAll() throws IOException {
    try (RunFolder run = create(temp.resolve("run"))) {
      run.writeFindings(Map.of("v", 1));
      run.writeFindings(Map.of("v", 2));
    }
    assertThat(Json.read(Files.readString(temp.resolve("run/findings.json"))).at("/v").intValue())
        .isEqualTo(2);
    assertThat(temp.resolve("run/findings.json.partial")).doesNotExist();
  }
}
