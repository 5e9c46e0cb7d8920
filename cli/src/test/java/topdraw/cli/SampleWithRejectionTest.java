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

  @Test
  void theAnswerHasItsNumberAmongAllThatWereBegun() {
    JsonNode json =
        Json.read(sample("-n", "6", "--reject-at", "3", "--keep", "0.3", "--json").out());
    int left = json.at("/left").size();
    assertThat(left).isLessThan(6);
    assertThat(sample("-n", "6", "--reject-at", "3", "--keep", "0.3").err())
        .contains(
            "the answer is completion %d of 6, %d of which went on to the end"
                .formatted(json.at("/winner_index").asInt() + 1, left));
  }

  @Test
  void aCheckpointBeyondTheEndIsNotSaidToBeReached() {
    Ran beyond = sample("-n", "3", "--reject-at", "300");
    assertThat(beyond.err())
        .contains("best of 3, none of which was looked at on its way: the answer is completion")
        .contains(" of 3, all of which went on to the end")
        .doesNotContain("300");
    assertThat(sample("-n", "3", "--reject-at", "4,300").err())
        .contains("best of 3, of which at 4 tokens the best 0.5 went on: ")
        .doesNotContain("300");
  }

  /// As of plain best-of-n.
  @Test
  void whereNothingIsScoredThereIsNoAnswer() {
    Ran plain = sample("-n", "3", "--reward", "process:false");
    Ran ran = sample("-n", "3", "--reject-at", "4", "--reward", "process:false");
    assertThat(ran.out()).isEqualTo(plain.out());
    assertThat(ran.exitCode()).isEqualTo(plain.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("has a score by process:false, so none can be called the best");
    Ran json = sample("-n", "3", "--reject-at", "4", "--reward", "process:false", "--json");
    assertThat(Json.read(json.out()).at("/text").isNull()).isTrue();
    assertThat(Json.read(json.out()).at("/winner_index").isNull()).isTrue();
  }

  static Stream<List<String>> misuses() {
    return Stream.of(
        List.of("--reject-at", "0", "--reject-at names numbers of tokens that rise, from 1, was 0"),
        List.of("--reject-at", "8,4", "was 8,4"),
        List.of("--reject-at", "4", "--keep", "1.5", "--keep is above 0 and at most 1, was 1.5"),
        List.of("--reject-at", "4", "--keep", "0", "--keep is above 0 and at most 1, was 0"),
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
