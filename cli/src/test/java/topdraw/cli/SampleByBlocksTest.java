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

/// `topdraw sample --block`, on the real model.
class SampleByBlocksTest {
  private static final List<String> ASKED =
      List.of("sample", "What is the capital of France?", "--max-tokens", "12", "--seed", "7");

  private static Ran sample(String... more) {
    List<String> words = new ArrayList<>(ASKED);
    words.addAll(List.of(more));
    return Ran.topdraw(words.toArray(String[]::new));
  }

  @Test
  void theAnswerIsOnStandardOutputAndItsFindingsNameTheirTheorems() {
    Ran ran = sample("-n", "3", "--block", "4");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out().strip()).isNotEmpty();
    assertThat(ran.err())
        .contains("blockwise best of 3 by 4 tokens: ", " blocks, reward log-likelihood = -")
        .contains("theorem", "K_n for each of the most blocks, Theorem B.1")
        .contains("estimate of an upper bound, 1 draw ", "d*_n of each block, Theorem 12")
        .containsPattern("cost +\\d+ tokens drawn for an answer of \\d+, \\d+ decoded");
  }

  @Test
  void oneBlockAsLongAsACompletionGivesTheAnswerOfPlainBestOfN() {
    JsonNode plain = Json.read(sample("-n", "4", "--json").out());
    JsonNode blockwise = Json.read(sample("-n", "4", "--block", "12", "--json").out());
    for (String same :
        List.of("text", "finish_reason", "log_probability", "rewards", "provenance")) {
      assertThat(blockwise.get(same)).as(same).isNotNull().isEqualTo(plain.get(same));
    }
    assertThat(blockwise.at("/blocks")).hasSize(1);
    assertThat(blockwise.at("/blocks/0/winner_index")).isEqualTo(plain.at("/winner_index"));
    assertThat(blockwise.at("/findings/0/value")).isEqualTo(plain.at("/findings/0/value"));
    assertThat(blockwise.at("/tokens_drawn")).isEqualTo(plain.at("/tokens_drawn"));
  }

  static Stream<List<String>> misuses() {
    return Stream.of(
        List.of("--block", "0", "--block counts tokens, from 1, was 0"),
        List.of("--block", "4", "--threshold", "1", "--block chooses each block as best-of-n does"),
        List.of("--block", "4", "--threshold", "1", "--rewind", "leave out the option"),
        List.of("--block", "4", "--reward", "numeric:42", "cannot score an unfinished completion"),
        List.of("--block", "4", "-n", "300", "from 1 to 256 candidates side by side, was 300"));
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
