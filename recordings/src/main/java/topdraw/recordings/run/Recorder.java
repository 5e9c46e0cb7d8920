package topdraw.recordings.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.Place;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.recordings.prompts.RunPrompt;
import topdraw.recordings.row.DrawLine;
import topdraw.reference.Answer;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reference.Request;
import topdraw.reward.Reward;
import topdraw.selection.Selector;

/// Draws the batches a log does not have yet. Answers come in whatever order the policy gives them;
/// a batch waits here until it is whole and all before it are written, so the log's bytes do not
/// depend on that order. What waits is at most what the policy answers while its slowest draw is
/// under way.
///
/// With an earlier log, what that holds is taken over; only its failed draws are drawn, and only
/// its missing scores asked for.
final class Recorder implements Iterator<Request> {
  private final RunManifest manifest;
  private final RunPlan plan;
  private final List<RunPrompt> prompts;
  private final BatchLog log;
  private final Optional<BatchFile> earlier;
  private final long batches;
  private final ReferencePolicy policy;
  private final List<Reward> rewards;
  private final DrawProgress progress;

  private final Deque<Batch> waiting = new ArrayDeque<>();
  private final Map<Request, Batch> underWay = new HashMap<>();
  private long begun;
  private int completions;
  private long tokens;

  /// @param earlier a log whose failed draws are to be drawn again, if that is what is wanted
  Recorder(
      RunManifest manifest,
      List<RunPrompt> prompts,
      BatchLog log,
      Optional<BatchFile> earlier,
      ReferencePolicy policy,
      List<Reward> rewards,
      DrawProgress progress) {
    this.manifest = manifest;
    this.plan = RunPlan.of(manifest);
    this.prompts = prompts;
    this.log = log;
    this.earlier = earlier;
    this.batches = earlier.map(file -> (long) file.batches()).orElse(plan.size());
    this.policy = policy;
    this.rewards = rewards;
    this.progress = progress;
    this.begun = log.batches();
  }

  /// Draws, scores and writes until the log is full.
  ///
  /// @throws IOException if a batch cannot be written
  /// @throws CancellationException if the thread is interrupted; every whole batch before the first
  ///   unfinished one is written
  void run() throws IOException {
    try {
      policy.drawAll(this, this::answered);
      writeWhole();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (log.batches() < batches) {
      throw new IllegalStateException("the reference policy left draws unanswered");
    }
  }

  @Override
  public boolean hasNext() {
    while ((waiting.isEmpty() || waiting.getLast().wanted.isEmpty()) && begun < batches) {
      waiting.add(begin(begun++));
      writeWhole(); // what is taken over whole waits for nothing
    }
    return !waiting.isEmpty() && !waiting.getLast().wanted.isEmpty();
  }

  private Batch begin(long number) {
    Batch batch = new Batch(prompts.get(plan.prompt(number)), plan.firstIndex(number));
    earlier.ifPresent(file -> batch.takeOver(file, number));
    return batch;
  }

  @Override
  public Request next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Batch batch = waiting.getLast();
    Request request = batch.prompt.request(batch.first + batch.wanted.remove());
    underWay.put(request, batch);
    return request;
  }

  private void answered(Request request, Answer answer) {
    Batch batch = underWay.remove(request);
    if (batch == null) {
      throw new IllegalStateException(
          "the reference policy answered what was not asked for: " + request);
    }
    batch.take(request, answer);
    writeWhole();
    if (answer instanceof Answer.Drawn(Draw draw)) {
      completions++;
      tokens += (long) draw.length().orElse(0);
      progress.drawn(completions, tokens);
    }
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted");
    }
  }

  private void writeWhole() {
    try {
      for (Batch batch = waiting.peek(); batch != null && batch.whole(); batch = waiting.peek()) {
        batch.write();
        waiting.remove();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `n` draws of one prompt, each answered or awaited.
  private final class Batch {
    private final RunPrompt prompt;
    private final int first;
    private final @Nullable Answer[] answers = new @Nullable Answer[plan.n()];
    private final Deque<Integer> wanted = new ArrayDeque<>();
    private int awaited = plan.n();

    /// Lines that stay as they are.
    private byte @Nullable [] kept;

    Batch(RunPrompt prompt, int first) {
      this.prompt = prompt;
      this.first = first;
      for (int k = 0; k < plan.n(); k++) {
        wanted.add(k);
      }
    }

    /// Takes what an earlier log has of this batch: all of it, or all that did not fail.
    void takeOver(BatchFile file, long number) {
      List<JsonNode> lines = file.read(number);
      wanted.clear();
      for (int k = 0; k < lines.size(); k++) {
        JsonNode line = lines.get(k);
        if (DrawLine.drawn(line)) {
          Draw draw = DrawLine.draw(line, Place.of("recorded"));
          answers[k] = new Answer.Drawn(draw.withScores(RewardEntry.scores(line)));
        } else if (RecordedPrompt.Absent.of(line).again()) {
          wanted.add(k);
        } else {
          answers[k] = new Answer.Refused(RecordedPrompt.Absent.of(line).reason());
        }
      }
      awaited = wanted.size();
      if (wanted.isEmpty() && lines.stream().allMatch(SampleLine::complete)) {
        kept = file.bytes(number);
      }
    }

    /// Keeps an answer under its index among this prompt's own.
    void take(Request request, Answer answer) {
      int i = (request.index() - prompt.occurrence()) / prompt.occurrences();
      answers[i - first] =
          answer instanceof Answer.Drawn(Draw draw) ? new Answer.Drawn(draw.withIndex(i)) : answer;
      awaited--;
    }

    boolean whole() {
      return awaited == 0;
    }

    void write() throws IOException {
      if (kept != null) {
        log.append(kept);
      } else {
        log.append(lines());
      }
    }

    private List<SampleLine> lines() {
      Iterator<Draw> scored = scored().iterator();
      List<SampleLine> lines = new ArrayList<>();
      for (int k = 0; k < answers.length; k++) {
        lines.add(
            switch (answers[k]) {
              case null -> throw new IllegalStateException("draw " + k + " is not answered");
              case Answer.Drawn drawn -> SampleLine.of(manifest, prompt, scored.next());
              case Answer.Failed(String reason, boolean retry) ->
                  SampleLine.missing(manifest, prompt, first + k, reason, retry);
              case Answer.Refused(String reason) ->
                  SampleLine.missing(manifest, prompt, first + k, reason, false);
            });
      }
      return lines;
    }

    private List<Draw> scored() {
      List<Draw> drawn =
          Arrays.stream(answers)
              .flatMap(
                  answer ->
                      answer instanceof Answer.Drawn(Draw draw)
                          ? Stream.of(draw)
                          : Stream.<Draw>empty())
              .toList();
      return drawn.isEmpty() ? drawn : scored(drawn);
    }

    /// What has a score keeps it: a program need not say the same twice.
    private List<Draw> scored(List<Draw> drawn) {
      List<Integer> asked =
          IntStream.range(0, rewards.size())
              .filter(r -> drawn.stream().anyMatch(draw -> lacks(draw, r)))
              .boxed()
              .toList();
      List<Draw> anew =
          Selector.scored(
              asked.stream().map(rewards::get).toList(),
              PromptDraws.of(
                  prompt.prompt(), drawn.stream().map(d -> d.withScores(Scores.none())).toList()));
      return IntStream.range(0, drawn.size())
          .mapToObj(k -> complete(drawn.get(k), asked, anew.get(k).scores().scores()))
          .toList();
    }

    /// A draw with the scores it has, and those of the rewards asked where it has none. What
    /// compares draws compares them all anew.
    private Draw complete(Draw draw, List<Integer> asked, List<Score> anew) {
      List<Score> scores =
          IntStream.range(0, rewards.size())
              .mapToObj(
                  r ->
                      lacks(draw, r) || (asked.contains(r) && rewards.get(r).comparesDraws())
                          ? anew.get(asked.indexOf(r))
                          : draw.scores().scores().get(r))
              .toList();
      return draw.withScores(new Scores(rewards.stream().map(Reward::name).toList(), scores));
    }

    private static boolean lacks(Draw draw, int reward) {
      List<Score> scores = draw.scores().scores();
      return scores.size() <= reward || scores.get(reward) instanceof Score.Missing;
    }
  }
}
