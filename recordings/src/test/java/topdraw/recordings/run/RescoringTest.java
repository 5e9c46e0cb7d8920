package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.reference.Answer;
import topdraw.reference.Rescored;
import topdraw.reference.Rescored.Reason;
import topdraw.reference.SecondPass;
import topdraw.reference.SecondPassSummary;

/// Log-probabilities that come after the draws: what has none has one then, what is recorded stays,
/// and what differs is said.
class RescoringTest {
  private static final AtMost.Reason MARGIN = new AtMost.Reason.Margin(0.25);

  @TempDir private Path temp;

  /// Says what it is told to, and counts what it was shown.
  private static final class Scripted implements SecondPass {
    private final String words;
    private final Function<Draw, Rescored> said;
    private int shown;
    private int stopAfter = Integer.MAX_VALUE;

    Scripted(String words, Function<Draw, Rescored> said) {
      this.words = words;
      this.said = said;
    }

    @Override
    public String words() {
      return words;
    }

    @Override
    public Optional<String> caveat() {
      return Optional.empty();
    }

    @Override
    public List<Rescored> of(PromptDraws prompt) {
      assertThat(prompt.prompt()).isPresent();
      shown += prompt.draws().size();
      if (shown > stopAfter) throw new CancellationException("interrupted");
      return prompt.draws().stream().map(said).toList();
    }

    @Override
    public void close() {}
  }

  /// What was drawn, with the log-probability that it is given in its place.
  private static Path run(Path folder, Function<Draw, LogProbability> recorded) throws IOException {
    ScriptedPolicy policy =
        new ScriptedPolicy(
            7,
            (_, answer) ->
                answer instanceof Answer.Drawn(Draw draw)
                    ? new Answer.Drawn(draw.withLogProbability(recorded.apply(draw)))
                    : answer);
    try (RunFolder run = Runs.open(folder, 7, 2)) {
      run.record(policy, Runs.REWARDS, (_, _) -> {});
    }
    return folder;
  }

  /// One of three kinds, whatever a draw's place in the run: a prompt may be there twice.
  private static int kind(Draw draw) {
    return Math.floorMod(draw.text().orElseThrow().hashCode(), 3);
  }

  private static Rescored told(double sum) {
    return new Rescored.Told(LogProbability.atMost(sum - 0.5, MARGIN), 2, sum);
  }

  private static List<Draw> draws(Path folder) throws IOException {
    try (RunReader run = RunReader.open(folder)) {
      return run.stream().flatMap(prompt -> prompt.draws().stream()).toList();
    }
  }

  private static SecondPassSummary score(Path folder, SecondPass pass) throws IOException {
    return Rescoring.score(folder, pass, _ -> {});
  }

  @Test
  void whatHasNoLogProbabilityHasTheSecondPassesThenWithItsMargin() throws IOException {
    Path folder = run(temp.resolve("run"), _ -> LogProbability.missing());
    byte[] before = Runs.samples(folder);
    int count = draws(folder).size();
    Scripted pass = new Scripted("me", draw -> told(-3 - draw.index()));
    SecondPassSummary summary = score(folder, pass);
    assertThat(summary.added()).isEqualTo(count).isEqualTo(pass.shown);
    assertThat(summary.compared()).isZero();
    assertThat(summary.worth().orElseThrow()).contains("a margin of 0.25 nats a token");
    assertThat(draws(folder))
        .allSatisfy(
            draw ->
                assertThat(draw.logProbability())
                    .isEqualTo(new AtMost(-3.5 - draw.index(), MARGIN)));
    assertThat(Runs.samples(folder)).isEqualTo(before);
  }

  /// What is recorded is above the truth by a quarter of a nat a token, and what is told by
  /// nothing: the sums are compared, and the margin is not in them.
  @Test
  void whatIsRecordedStaysAndTheLargestDifferenceIsSaid() throws IOException {
    Path folder =
        run(
            temp.resolve("run"),
            draw ->
                kind(draw) == 0
                    ? LogProbability.exact(-2)
                    : kind(draw) == 1
                        ? LogProbability.atMost(-3.5, MARGIN)
                        : new Unproven(-1, Doubt.INCOMPLETE));
    List<Draw> before = draws(folder);
    SecondPassSummary summary =
        score(
            folder,
            new Scripted("me", draw -> told(kind(draw) == 0 ? -2.125 : kind(draw) == 1 ? -3 : -4)));
    long first = before.stream().filter(draw -> kind(draw) < 2).count();
    assertThat(summary.compared()).isEqualTo(first);
    assertThat(summary.largest()).isCloseTo(0.125, within(1e-12));
    assertThat(before.stream().filter(draw -> kind(draw) == 0).map(d -> d.place().toString()))
        .contains(summary.where().orElseThrow());
    assertThat(summary.added()).isZero();
    assertThat(summary.replaced()).isEqualTo(before.size() - first);
    List<Draw> after = draws(folder);
    for (int i = 0; i < after.size(); i++) {
      LogProbability expected =
          kind(after.get(i)) < 2 ? before.get(i).logProbability() : new AtMost(-4.5, MARGIN);
      assertThat(after.get(i).logProbability()).isEqualTo(expected);
    }
  }

  @Test
  void aNumberOfWhichNothingFollowsTakesNoPlaceButAnEmptyOne() throws IOException {
    Unproven recorded = new Unproven(-2, Doubt.UNKNOWN_DISTRIBUTION);
    Unproven said = new Unproven(-9, Doubt.UNKNOWN_DISTRIBUTION);
    Path folder =
        run(temp.resolve("run"), draw -> kind(draw) == 0 ? recorded : LogProbability.missing());
    SecondPassSummary summary =
        score(folder, new Scripted("me", _ -> new Rescored.Told(said, 2, -8.5)));
    assertThat(summary.replaced()).isZero();
    assertThat(summary.largest()).isCloseTo(6.5, within(1e-12));
    assertThat(draws(folder))
        .allSatisfy(
            draw -> assertThat(draw.logProbability()).isEqualTo(kind(draw) == 0 ? recorded : said));
  }

  @Test
  void whatCannotBeScoredIsCountedByReasonAndNotAskedForAgain() throws IOException {
    Path folder = run(temp.resolve("run"), _ -> LogProbability.missing());
    Function<Draw, Rescored> said =
        draw -> draw.index() == 0 ? new Rescored.Not(Reason.CUT) : told(-1);
    SecondPassSummary summary = score(folder, new Scripted("me", said));
    long cut = draws(folder).stream().filter(draw -> draw.index() == 0).count();
    assertThat(summary.left()).containsExactly(Map.entry(Reason.CUT, cut));
    Scripted again = new Scripted("me", said);
    assertThat(score(folder, again).left()).isEqualTo(summary.left());
    assertThat(again.shown).isZero();
  }

  /// Interrupted after each number of completions, and called again: the same bytes, and no batch
  /// that was written is looked at twice.
  @Test
  void aPassThatIsInterruptedGoesOn() throws IOException {
    Path whole = run(temp.resolve("whole"), _ -> LogProbability.missing());
    Function<Draw, Rescored> said = draw -> told(-1 - draw.index());
    int all = draws(whole).size();
    score(whole, new Scripted("me", said));
    byte[] expected = Files.readAllBytes(whole.resolve("log-p.jsonl"));
    for (int stop = 1; stop < all; stop += 4) {
      Path folder = run(temp.resolve("stopped" + stop), _ -> LogProbability.missing());
      Scripted stopped = new Scripted("me", said);
      stopped.stopAfter = stop;
      assertThatThrownBy(() -> score(folder, stopped)).isInstanceOf(CancellationException.class);
      Scripted onward = new Scripted("me", said);
      assertThat(score(folder, onward).added()).isEqualTo(all);
      assertThat(onward.shown).isBetween(all - stop, all - stop + Runs.N);
      assertThat(Files.readAllBytes(folder.resolve("log-p.jsonl"))).isEqualTo(expected);
    }
  }

  @Test
  void drawsThatCameLaterAreLookedAtLater() throws IOException {
    Path folder = temp.resolve("run");
    try (RunFolder run = Runs.open(folder, 7, 2)) {
      run.record(
          new ScriptedPolicy(
              7,
              (request, answer) ->
                  request.index() % 3 == 1 ? new Answer.Failed("hung up", true) : answer),
          Runs.REWARDS,
          (_, _) -> {});
    }
    Function<Draw, Rescored> said = draw -> told(-20 - draw.index());
    int early = draws(folder).size();
    Scripted first = new Scripted("me", said);
    score(folder, first);
    assertThat(first.shown).isEqualTo(early);
    Runs.record(folder, 7, 2);
    int later = draws(folder).size();
    assertThat(later).isGreaterThan(early);
    Scripted second = new Scripted("me", said);
    assertThat(score(folder, second).completions()).isEqualTo(later);
    assertThat(second.shown).isEqualTo(later - early);
  }

  @Test
  void anotherSecondPassIsRefusedAndSoAreLinesOfAnotherRun() throws IOException {
    Path folder = run(temp.resolve("run"), _ -> LogProbability.missing());
    score(folder, new Scripted("me", _ -> told(-1)));
    assertThatThrownBy(() -> score(folder, new Scripted("you", _ -> told(-1))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another second pass, by me, and this is you");
    Path other = run(temp.resolve("other"), _ -> LogProbability.missing());
    List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("log-p.jsonl")));
    Collections.swap(lines, 0, 1);
    Files.write(other.resolve("log-p.jsonl"), lines);
    assertThatThrownBy(() -> draws(other))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("log-p.jsonl:1");
  }
}
