package topdraw.recordings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
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
import topdraw.reference.Completion;
import topdraw.reference.Draw;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reward.Reward;
import topdraw.selection.Selector;

/// Draws the batches a log does not have yet. Completions come in whatever order the policy
/// finishes them; a batch waits here until it is whole and all before it are written, so the log's
/// bytes do not depend on that order. What waits is at most what the policy finishes while its
/// slowest draw is under way.
final class Recorder implements Iterator<Draw> {
  private final RunManifest manifest;
  private final RunPlan plan;
  private final List<RunPrompt> prompts;
  private final BatchLog log;
  private final ReferencePolicy policy;
  private final List<Reward> rewards;
  private final DrawProgress progress;

  private final Deque<Batch> waiting = new ArrayDeque<>();
  private final Map<Draw, Batch> underWay = new HashMap<>();
  private long begun;
  private int handedOut;
  private int completions;
  private long tokens;

  Recorder(
      RunManifest manifest,
      List<RunPrompt> prompts,
      BatchLog log,
      ReferencePolicy policy,
      List<Reward> rewards,
      DrawProgress progress) {
    this.manifest = manifest;
    this.plan = RunPlan.of(manifest);
    this.prompts = prompts;
    this.log = log;
    this.policy = policy;
    this.rewards = rewards;
    this.progress = progress;
    this.begun = log.batches();
    this.handedOut = plan.n();
  }

  /// Draws, scores and writes until the log is full.
  ///
  /// @throws IOException if a batch cannot be written
  /// @throws CancellationException if the thread is interrupted; every whole batch before the first
  ///   unfinished one is written
  void run() throws IOException {
    try {
      policy.drawAll(this, this::finished);
      writeWhole();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (log.batches() < plan.size()) {
      throw new IllegalStateException("the reference policy left draws unfinished");
    }
  }

  @Override
  public boolean hasNext() {
    while (handedOut == plan.n() && begun < plan.size()) {
      begin(begun++);
    }
    return handedOut < plan.n();
  }

  /// A batch of a prompt that the policy refuses is whole at once, with nothing to hand out.
  private void begin(long number) {
    RunPrompt prompt = prompts.get(plan.prompt(number));
    Optional<String> refusal = policy.refusal(prompt.prompt());
    waiting.add(new Batch(prompt, plan.firstIndex(number), refusal));
    handedOut = refusal.isPresent() ? plan.n() : 0;
  }

  @Override
  public Draw next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Batch batch = waiting.getLast();
    Draw draw = batch.prompt.draw(batch.first + handedOut++);
    underWay.put(draw, batch);
    return draw;
  }

  private void finished(Draw draw, Completion completion) {
    Batch batch = underWay.remove(draw);
    if (batch == null) {
      throw new IllegalStateException("the reference policy drew what was not asked for: " + draw);
    }
    batch.take(completion);
    completions++;
    tokens += completion.length();
    writeWhole();
    progress.drawn(completions, tokens);
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted");
    }
  }

  private void writeWhole() {
    try {
      for (Batch batch = waiting.peek(); batch != null && batch.whole(); batch = waiting.peek()) {
        log.append(batch.lines());
        waiting.remove();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `n` completions of one prompt, drawn or refused.
  private final class Batch {
    private final RunPrompt prompt;
    private final int first;
    private final Optional<String> refusal;
    private final Completion[] drawn = new Completion[plan.n()];
    private int missing;

    Batch(RunPrompt prompt, int first, Optional<String> refusal) {
      this.prompt = prompt;
      this.first = first;
      this.refusal = refusal;
      this.missing = refusal.isPresent() ? 0 : plan.n();
    }

    /// Keeps a completion under its index among this prompt's own.
    void take(Completion c) {
      int i = (c.index() - prompt.occurrence()) / prompt.occurrences();
      drawn[i - first] =
          new Completion(i, c.text(), c.tokens(), c.tokenLogProbabilities(), c.finishReason());
      missing--;
    }

    boolean whole() {
      return missing == 0;
    }

    List<SampleLine> lines() {
      if (refusal.isPresent()) {
        return IntStream.range(first, first + drawn.length)
            .mapToObj(i -> SampleLine.missing(manifest, prompt, i, refusal.get()))
            .toList();
      }
      return Selector.candidates(rewards, prompt.prompt(), Arrays.asList(drawn)).stream()
          .map(candidate -> SampleLine.of(manifest, prompt, candidate))
          .toList();
    }
  }
}
