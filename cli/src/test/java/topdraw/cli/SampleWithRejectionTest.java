package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// `topdraw sample --reject-at`, on the real model.
class SampleWithRejectionTest {
  private static final List<String> ASKED =
      List.of("sample", "What is the capital of France?", "--max-tokens", "12", "--seed", "7");

  private static Ran sample(String... more) {
    List<String> words = new ArrayList<>(ASKED);
    words.addAll(List.of(more));
    return Ran.topdraw(words.toArray(String[]::new));
  }

  @Test
  void theAnswerIsOnStandardOutputAndItsFindingsNameTheirTheorems() {
    Ran ran = sample("-n", "6", "--reject-at", "3,6");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out().strip()).isNotEmpty();
    assertThat(ran.err())
        .contains(
            "best of 6, of which at 3, 6 tokens the best 0.5 went on: the answer is completion")
        .contains("theorem", "n/(n+1), Theorem 5.3")
        .contains("any rule, Theorem 7")
        .containsPattern("cost +6 completions, [1-5] given up, \\d+ tokens");
  }

  /// Where all go on it is plain best-of-n.
  @Test
  void whoeverKeepsAllGetsTheAnswerOfPlainBestOfN() {
    JsonNode plain = Json.read(sample("-n", "4", "--json").out());
    JsonNode kept = Json.read(sample("-n", "4", "--reject-at", "4", "--keep", "1", "--json").out());
    for (String same :
        List.of(
            "text", "winner_index", "finish_reason", "log_probability", "rewards", "provenance")) {
      assertThat(kept.get(same)).as(same).isNotNull().isEqualTo(plain.get(same));
    }
    assertThat(kept.at("/left")).hasSize(4);
    assertThat(kept.at("/findings/0/value")).isEqualTo(plain.at("/findings/0/value"));
    assertThat(kept.at("/tokens_drawn")).isEqualTo(plain.at("/tokens_drawn"));
    JsonNode rejecting = Json.read(sample("-n", "4", "--reject-at", "4", "--json").out());
    assertThat(rejecting.at("/tokens_drawn").asInt()).isLessThan(plain.at("/tokens_drawn").asInt());
  }

  static Stream<List<String>> misuses() {
    return Stream.of(
        List.of("--reject-at", "0", "checkpoints are numbers of tokens that rise"),
        List.of("--reject-at", "8,4", "were [8, 4]"),
        List.of("--reject-at", "4", "--keep", "1.5", "above 0 and at most 1, was 1.5"),
        List.of("--keep", "0.5", "--keep needs --reject-at"),
        List.of("--reject-at", "4", "--threshold", "1", "chooses as best-of-n does"),
        List.of("--reject-at", "4", "--block", "4", "chooses as best-of-n does"),
        List.of(
            "--reject-at", "4", "--reward", "numeric:42", "cannot score an unfinished completion"),
        List.of("--reject-at", "4", "-n", "300", "side by side, was 300"));
  }

  @ParameterizedTest
  @MethodSource("misuses")
  void aMisuseIsOneLineAndExitCodeTwo(List<String> args) {
    Ran ran = sample(args.subList(0, args.size() - 1).toArray(String[]::new));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().strip().lines()).hasSize(1);
    assertThat(ran.err()).startsWith("topdraw: ").contains(args.getLast());
  }
}
