package topdraw.estimate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import topdraw.draw.DrawRoom;
import topdraw.draw.PromptDraws;

/// Measures prompts beside the reading of the next ones: a few at a time, merged in the order read.
/// A prompt of very many draws is measured before the next one is read, with no other held.
final class Measuring {
  /// Draws measured by one task: enough that handing it over costs little.
  private static final int DRAWS = 1_000;

  /// Bytes that the draws of one prompt may need beside those of others.
  private static final long LARGE = 128L << 20;

  private final Questions questions;
  private final Executor executor;

  /// Tasks under way at once: enough that no thread waits, few enough that memory is of a few.
  private final int ahead;

  private final Measurements measured;
  private final Deque<FutureTask<Measurements>> tasks = new ArrayDeque<>();
  private List<PromptDraws> next = new ArrayList<>();
  private int draws;
  private long position;

  Measuring(Questions questions, Executor executor, int threads) {
    this.questions = questions;
    this.executor = executor;
    ahead = threads == 0 ? 0 : 2 * threads + 1;
    measured = new Measurements(questions);
  }

  void add(PromptDraws prompt) {
    next.add(prompt);
    draws += prompt.draws().size();
    if (draws >= DRAWS) {
      start();
    }
  }

  private void start() {
    List<PromptDraws> prompts = next;
    long first = position;
    var task = new FutureTask<>(() -> measure(prompts, first));
    boolean large =
        DrawRoom.needed(draws, 0) > Math.min(LARGE, DrawRoom.most() / (2L * (ahead + 1)));
    next = new ArrayList<>();
    draws = 0;
    position += prompts.size();
    if (large) {
      finish();
    }
    tasks.add(task);
    if (tasks.size() < ahead && !large) {
      executor.execute(task);
    } else {
      task.run();
    }
    while (!tasks.isEmpty() && tasks.element().isDone()) {
      merge();
    }
  }

  private Measurements measure(List<PromptDraws> prompts, long first) {
    var some = new Measurements(questions);
    for (int i = 0; i < prompts.size(); i++) {
      some.add(questions.measure(prompts.get(i), first + i));
    }
    return some;
  }

  Measurements result() {
    start();
    finish();
    return measured;
  }

  private void finish() {
    while (!tasks.isEmpty()) {
      tasks.element().run(); // unless a thread has begun it
      merge();
    }
  }

  private void merge() {
    try {
      measured.add(tasks.remove().get());
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while measuring");
    }
  }
}
