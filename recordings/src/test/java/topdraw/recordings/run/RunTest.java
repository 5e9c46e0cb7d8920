package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Prompt;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Questions;
import topdraw.estimate.RunSummary;
import topdraw.input.InputException;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.prompts.RunPrompt;
import topdraw.theory.finding.Confidence;

class RunTest {
  @TempDir private Path temp;

  private static RunSummary record(Path folder, int batches) throws IOException {
    return Run.record(
        folder, new ShuffledPolicy(7), Runs.REWARDS, Runs.prompts(Runs.PROMPTS), Runs.N, batches);
  }

  @Test
  void oneCallRecordsWhatTheStepsRecordAndGoesOn() throws IOException {
    Runs.record(temp.resolve("steps"), 7, 2);
    record(temp.resolve("call"), 1);
    RunSummary summary = record(temp.resolve("call"), 2);
    assertThat(Runs.samples(temp.resolve("call"))).isEqualTo(Runs.samples(temp.resolve("steps")));
    try (RunReader steps = RunReader.open(temp.resolve("steps"))) {
      RunSummary told = RunMeasuring.of(steps, Confidence.DEFAULT);
      assertThat(summary.findings()).isEqualTo(told.findings());
      assertThat(summary.counts()).isEqualTo(told.counts());
    }
  }

  @Test
  void aRecordingIsAnalysedInOneCall() throws IOException {
    record(temp.resolve("run"), 8);
    try (RunRecording run = RunRecording.open(temp.resolve("run"))) {
      String reward = run.rewards().getLast();
      AnalysisQuestion question = AnalysisQuestion.of(reward);
      Analysis steps =
          Analysis.of(Questions.of(question).measure(run), question, Confidence.DEFAULT);
      assertThat(Analysis.of(run, reward)).isEqualTo(steps);
      assertThat(Analysis.of(run.prompts()::forEach, reward)).isEqualTo(steps);
      assertThat(steps.curve()).hasSizeGreaterThan(3);
    }
  }

  @Test
  void promptsOfNoFileAreThoseOfAFileOfSuchLines() throws IOException {
    PromptFile given = PromptFile.of(List.of("one", "two\nlines \"quoted\"", "{\"one\"}"));
    PromptFile read =
        Runs.prompts(
            """
            {"prompt":"one"}
            {"prompt":"two\\nlines \\"quoted\\""}
            {"prompt":"{\\"one\\"}"}
            """);
    assertThat(given.prompts()).isEqualTo(read.prompts());
    assertThat(given.sha256()).isEqualTo(read.sha256());
    assertThat(given.prompts().stream().map(RunPrompt::prompt))
        .startsWith(Prompt.user("one"), Prompt.user("two\nlines \"quoted\""));
    assertThatThrownBy(() -> PromptFile.of(List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds no prompt");
    assertThatThrownBy(() -> PromptFile.of(List.of("one", " ")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("prompts given:2: the prompt is empty");
  }
}
