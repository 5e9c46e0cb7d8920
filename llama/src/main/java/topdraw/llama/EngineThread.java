package topdraw.llama;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.llama.engine.EngineException;
import topdraw.llama.engine.PromptCache;
import topdraw.llama.engine.Slots;
import topdraw.reference.DrawFailedException;

/// The thread that decodes for all who share a model: it draws what waits, side by side, and
/// between two steps does what else the model is asked ([#execute]). Where there is nothing to do
/// it waits.
///
/// What goes wrong ends the draws under way and those alone: the cache is made anew for the others.
final class EngineThread implements Slots.Source, Executor, AutoCloseable {
  private final PromptCache cache;
  private final Slots slots;
  private final Thread thread;

  // Guarded by this.
  private final Turns<Object, AwaitedDraw> turns;
  private final List<FutureTask<?>> others = new ArrayList<>();
  private boolean closed;

  // The thread's own.
  private final Set<AwaitedDraw> begun = new LinkedHashSet<>();
  private int begunThisStep;

  /// Starts the thread.
  ///
  /// @param cache draws live in it; stays another's to close
  /// @param slots draws in that cache
  EngineThread(PromptCache cache, Slots slots) {
    this.cache = cache;
    this.slots = slots;
    turns = new Turns<>(cache.slots());
    thread = Thread.ofPlatform().daemon().name("topdraw-engine").unstarted(this::run);
  }

  /// Begins to draw.
  void start() {
    thread.start();
  }

  /// Lets a draw wait for its turn.
  ///
  /// @param request whose it is
  /// @throws DrawFailedException if this is closed
  synchronized void add(Object request, AwaitedDraw draw) {
    requireOpen();
    turns.add(request, draw);
    notifyAll();
  }

  /// Forgets a draw that still waits; one that has begun is given up when it has ended.
  synchronized void remove(Object request, AwaitedDraw draw) {
    turns.remove(request, draw);
  }

  /// Does something on this thread, between two steps, and waits until it is done.
  ///
  /// @param work short: draws wait for it
  /// @throws CancellationException if the thread that waits is interrupted; what has begun is done
  ///   to its end first
  /// @throws DrawFailedException if this is closed
  @Override
  public void execute(Runnable work) {
    var task = new FutureTask<>(work, true);
    synchronized (this) {
      requireOpen();
      others.add(task);
      notifyAll();
    }
    boolean interrupted = false;
    while (!task.isDone()) {
      try {
        task.get();
      } catch (InterruptedException _) {
        interrupted = true;
        if (withdrawn(task)) break;
      } catch (ExecutionException | CancellationException _) {
        // told below
      }
    }
    if (interrupted) throw new CancellationException("interrupted while drawing");
    switch (task.state()) {
      case CANCELLED -> throw closedFailure();
      case FAILED -> throw thrown(task.exceptionNow());
      case SUCCESS, RUNNING -> {}
    }
  }

  private synchronized boolean withdrawn(FutureTask<?> task) {
    return others.remove(task);
  }

  private static RuntimeException thrown(Throwable failed) {
    return switch (failed) {
      case EngineException e -> AwaitedDraw.failure(e);
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(failed);
    };
  }

  private void run() {
    try {
      while (awaitWork()) {
        try {
          doOthers();
          begunThisStep = 0;
          slots.draw(this);
        } catch (RuntimeException | Error e) {
          begun.forEach(draw -> draw.end(AwaitedDraw.failing(e)));
          begun.clear();
          cache.close();
        }
      }
    } finally {
      shut();
      begun.forEach(draw -> draw.end(EngineThread::closedDraw));
    }
  }

  /// @return false where this is closed
  private synchronized boolean awaitWork() {
    while (!closed && turns.isEmpty() && others.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException _) {
        // nobody's to interrupt: it ends when it is closed
      }
    }
    return !closed;
  }

  /// {@inheritDoc}
  ///
  /// At most a full width between two steps, so that completions of one token hold nobody up.
  @Override
  public @Nullable AwaitedDraw next() {
    if (begunThisStep == cache.slots()) return null;
    AwaitedDraw draw = take();
    if (draw != null) {
      begun.add(draw);
      begunThisStep++;
    }
    return draw;
  }

  private synchronized @Nullable AwaitedDraw take() {
    AwaitedDraw draw = turns.next();
    while (draw != null && draw.ended()) {
      draw = turns.next();
    }
    return draw;
  }

  @Override
  public void stepped() {
    begunThisStep = 0;
    if (isClosed()) begun.forEach(draw -> draw.end(EngineThread::closedDraw));
    begun.removeIf(AwaitedDraw::ended);
    doOthers();
  }

  /// What comes meanwhile has to wait for a step.
  private void doOthers() {
    List<FutureTask<?>> now = takeOthers();
    now.forEach(FutureTask::run);
  }

  private synchronized List<FutureTask<?>> takeOthers() {
    List<FutureTask<?>> now = List.copyOf(others);
    others.clear();
    return now;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /// @throws DrawFailedException if this is closed
  synchronized void requireOpen() {
    if (closed) throw closedFailure();
  }

  /// Takes nothing more, and ends what waits.
  private synchronized void shut() {
    closed = true;
    for (AwaitedDraw draw = turns.next(); draw != null; draw = turns.next()) {
      draw.end(EngineThread::closedDraw);
    }
    others.forEach(task -> task.cancel(false));
    others.clear();
    notifyAll();
  }

  /// Ends all draws, and waits for the step under way.
  @Override
  public void close() {
    shut();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  /// How many draws have not begun.
  synchronized int waiting() {
    return turns.size();
  }

  private static Draw closedDraw() {
    throw closedFailure();
  }

  private static DrawFailedException closedFailure() {
    return new DrawFailedException("the model has been closed");
  }
}
