package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.Prompt.Message;
import topdraw.draw.PromptDraws;
import topdraw.draw.Tokens;
import topdraw.recordings.BadRows;
import topdraw.recordings.Recording;

/// The shapes in which others write answers down: the same prompts and samples come out of each.
class ForeignShapesTest {
  private static final Path SHAPES = Path.of("src/test/resources/topdraw/recordings/shapes");

  private record Read(List<PromptDraws> prompts, BadRows bad, List<String> columns) {
    List<List<String>> texts() {
      return prompts.stream()
          .map(p -> p.draws().stream().map(s -> s.text().orElse("-")).toList())
          .toList();
    }

    List<List<Double>> rewards(String name) {
      return prompts.stream()
          .map(p -> p.draws().stream().map(s -> s.scores().rank(name)).toList())
          .toList();
    }

    List<Prompt> asked() {
      return prompts.stream().map(PromptDraws::prompt).flatMap(Optional::stream).toList();
    }
  }

  private static Read read(String name) throws IOException {
    try (Recording recording =
        Recordings.open(
            List.of(SHAPES.resolve(name).toString()), new Mapping(Map.of(), List.of(), false))) {
      List<PromptDraws> prompts = new ArrayList<>();
      recording.forEach(prompts::add);
      return new Read(prompts, recording.bad(), recording.columns());
    }
  }

  private static Prompt text(String text) {
    return new Prompt.Text(text);
  }

  private static Prompt chat(String... turns) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < turns.length; i += 2) {
      messages.add(new Message(turns[i], turns[i + 1]));
    }
    return new Prompt.Chat(messages);
  }

  @Test
  void anAlpacaInstructionWithTwoInputsIsTwoPrompts() throws IOException {
    Read read = read("alpaca.jsonl");
    assertThat(read.asked())
        .containsExactly(
            text("Translate into German.\nthe river"),
            text("Translate into German.\nthe lake"),
            text("Name a river."));
    assertThat(read.texts())
        .containsExactly(
            List.of("der Fluss", "das Fluss"), List.of("der See"), List.of("The Rhine."));
    assertThat(read.columns().getFirst()).contains("prompt=instruction context=input");
  }

  @Test
  void anAlpacaHistoryIsPartOfThePrompt() throws IOException {
    assertThat(read("alpaca-history.jsonl").asked())
        .containsExactly(
            chat(
                "system",
                "You translate.",
                "user",
                "River, in German?",
                "assistant",
                "Fluss",
                "user",
                "And in French?"),
            chat(
                "system",
                "You translate.",
                "user",
                "Lake, in German?",
                "assistant",
                "See",
                "user",
                "And in French?"));
  }

  @Test
  void aShareGptConversationEndsWithItsCompletion() throws IOException {
    Read read = read("sharegpt.jsonl");
    assertThat(read.asked())
        .containsExactly(
            chat("system", "Be brief.", "user", "Name a river."),
            chat("user", "Hi", "assistant", "Hello. What is it about?", "user", "Rivers."));
    assertThat(read.texts())
        .containsExactly(List.of("The Rhine.", "The Nile."), List.of("They flow."));
    assertThat(read.rewards("score")).containsExactly(List.of(7.5, 9.0), List.of(3.0));
  }

  @Test
  void aChatEndsWithItsCompletionWhateverItsContentsAreMadeOf() throws IOException {
    Read read = read("chat.jsonl");
    assertThat(read.asked().getFirst()).isEqualTo(Prompt.user("Name a river."));
    assertThat(read.texts().getFirst()).containsExactly("The Rhine.", "The Nile.");
  }

  @Test
  void callsOfToolsAndWhatTheyGaveBelongToTheCompletion() throws IOException {
    Read read = read("chat.jsonl");
    assertThat(read.asked().getLast()).isEqualTo(chat("system", "Use the tool.", "user", "Depth?"));
    assertThat(read.texts().getLast())
        .singleElement()
        .asString()
        .startsWith("[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\"")
        .endsWith(
            "{\"role\":\"tool\",\"content\":\"4 m\"},{\"role\":\"assistant\",\"content\":\"Four metres,\"},"
                + "{\"role\":\"assistant\",\"content\":\"about.\"}]");
  }

  @Test
  void aPromptAndACompletionMayBothBeMessages() throws IOException {
    Read read = read("chat-columns.jsonl");
    assertThat(read.texts()).containsExactly(List.of("The Rhine.", "The Alps."));
    assertThat(read.rewards("label")).containsExactly(List.of(1.0, 0.0));
  }

  @Test
  void aBatchOutputGivesItsChoicesAndSaysWhichRequestsFailed() throws IOException {
    Read read = read("openai-batch-output.jsonl");
    assertThat(read.texts()).containsExactly(List.of("Paris", "Lyon"), List.of("Rome"));
    assertThat(read.rewards("score")).containsExactly(List.of(1.0, 0.0), List.of(1.0));
    assertThat(read.prompts()).extracting(PromptDraws::key).contains("request-1", "request-2");
    assertThat(read.bad().first())
        .satisfiesExactly(
            line -> assertThat(line).contains(":3: the request failed: Rate limit reached"),
            line -> assertThat(line).contains(":4: the request failed: This request"));
  }

  @Test
  void aServersLogProbabilitiesLackTheEndTokenAndItsUsageIsNoSamplesOwn() throws IOException {
    List<PromptDraws> prompts = read("openai-batch-output.jsonl").prompts();
    List<Draw> two = prompts.getFirst().draws();
    assertThat(two)
        .extracting(Draw::logProbability)
        .containsExactly(
            new LogProbability.Unproven(-0.25, LogProbability.Doubt.NO_END_TOKEN),
            new LogProbability.Unproven(-3.5, LogProbability.Doubt.OTHER_DISTRIBUTION));
    assertThat(two).extracting(Draw::tokens).containsOnly(Tokens.unknown());
    Draw alone = prompts.getLast().draws().getFirst();
    assertThat(alone.tokens()).isEqualTo(new Tokens.Count(2));
    assertThat(alone.logProbability()).isEqualTo(LogProbability.missing());
    assertThat(alone.origin().policy())
        .hasValue("model=gpt-4o-mini-2024-07-18 system_fingerprint=fp_44");
  }

  @Test
  void aBatchOfRequestsHoldsNoSample() {
    assertThatThrownBy(() -> read("openai-batch-input.jsonl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give the batch's output file");
  }

  @Test
  void anAnswerOfAServerBesideTheQuestionIsRead() throws IOException {
    Read read = read("server-answers.jsonl");
    assertThat(read.asked()).containsExactly(text("Capital of France?"));
    assertThat(read.texts()).containsExactly(List.of("Paris", "Nice"));
    assertThat(read.rewards("scores")).containsExactly(List.of(1.0, 0.0));
  }

  @Test
  void theRightAnswerBesideCompletionsIsNotTakenForOne() throws IOException {
    assertThat(read("graded-answers.jsonl").texts()).containsExactly(List.of("4", "5"));
  }

  @Test
  void rewardBench2GivesChosenAnswersOneAndRejectedZero() throws IOException {
    Read read = read("rewardbench-2.jsonl");
    assertThat(read.texts())
        .containsExactly(List.of("144", "124", "142", "122"), List.of("2", "3", "4", "6"));
    assertThat(read.rewards("chosen"))
        .containsExactly(List.of(1.0, 0.0, 0.0, 0.0), List.of(1.0, 1.0, 0.0, 0.0));
    assertThat(read.prompts().getFirst().draws())
        .extracting(draw -> draw.origin().policy())
        .doesNotHaveDuplicates();
  }

  @Test
  void preferredConversationsHoldTheirPromptAndTheirScores() throws IOException {
    Read read = read("preferences-chat.jsonl");
    assertThat(read.asked()).containsExactly(Prompt.user("Name a river."));
    assertThat(read.texts()).containsExactly(List.of("The Rhine.", "The Zugspitze."));
    assertThat(read.rewards("score")).containsExactly(List.of(8.5, 2.0));
  }

  @Test
  void lmEvalsOneResponseHasTheRowsOneScoreAndCountsOnceForAllFilters() throws IOException {
    Read read = read("lm-eval-gsm8k.jsonl");
    assertThat(read.asked())
        .containsExactly(text("Question: 2 + 2?\nAnswer:"), text("Question: 3 + 3?\nAnswer:"));
    assertThat(read.texts()).containsExactly(List.of("#### 4"), List.of("It is 7"));
    assertThat(read.rewards("exact_match")).containsExactly(List.of(1.0), List.of(0.0));
    assertThat(read.bad().first())
        .singleElement()
        .asString()
        .contains(":2: the same responses under the filter 'flexible-extract'");
    assertThat(read.columns().getFirst())
        .contains("rewards=exact_match; not used: ", "doc, target", "filtered_resps");
    assertThat(read("lm-eval-old.jsonl").asked()).containsExactly(text("2 + 2 ="));
  }

  @Test
  void anInspectLogsEpochsAreDrawsAndItsScorersRewards() throws IOException {
    Read read = read("inspect.json");
    assertThat(read.asked())
        .containsExactly(text("One and one?"), chat("system", "Be brief.", "user", "Two and two?"));
    assertThat(read.texts()).containsExactly(List.of("2", "3"), List.of("4", "five, I"));
    assertThat(read.rewards("match")).containsExactly(List.of(1.0, 0.0), List.of(0.5, 0.0));
    assertThat(read.rewards("judge"))
        .containsExactly(List.of(0.75, 0.25), List.of(Double.NEGATIVE_INFINITY, 1.0));
    assertThat(read.rewards("parts.clear").getFirst()).containsExactly(1.0, 0.0);
    assertThat(read.prompts().getLast().draws())
        .extracting(draw -> draw.finish().word().orElseThrow())
        .containsExactly("stop", "max_tokens");
    assertThat(read.prompts().getLast().draws())
        .extracting(draw -> draw.finish().cut())
        .containsExactly(false, true);
    assertThat(read.bad().first())
        .containsExactly(
            SHAPES.resolve("inspect.json") + " sample 5: the sample failed: rate limit");
  }

  @Test
  void anInspectLogWithoutSamplesIsRefusedWithTheWayOut(@TempDir Path folder) throws IOException {
    Path header =
        Files.writeString(
            folder.resolve("log.json"), "{\"version\": 2, \"status\": \"success\", \"eval\": {}}");
    for (Path log : List.of(header)) {
      assertThatThrownBy(
              () ->
                  Recordings.open(List.of(log.toString()), new Mapping(Map.of(), List.of(), false)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(log.toString())
          .hasMessageContaining("inspect log dump FILE > LOG.json");
    }
  }

  @Test
  void logLikelihoodsOfGivenAnswersAreNoSamples() {
    assertThatThrownBy(() -> read("lm-eval-multiple-choice.jsonl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("log-likelihoods of given answers are no samples");
  }

  @Test
  void oneNameOfTwoPromptsDoesNotMergeThem() throws IOException {
    Read read = read("task-ids.jsonl");
    assertThat(read.texts()).containsExactly(List.of("a + b", "a - b"), List.of("a * b"));
    assertThat(read.prompts()).extracting(PromptDraws::key).containsExactly("0", "0#2");
  }
}
