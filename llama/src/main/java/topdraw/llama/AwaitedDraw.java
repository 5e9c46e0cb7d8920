package topdraw.llama;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.llama.engine.EngineException;
import topdraw.llama.engine.LlamaModel;
import topdraw.llama.engine.Sequence;
import topdraw.llama.engine.Slots;
import topdraw.llama.engine.TokenSampler;
import topdraw.reference.DrawFailedException;

/// A draw that one thread waits for while another draws it. Whichever of them ends it first has
/// ended it; where that is not the one that draws, the draw is given up.
final class AwaitedDraw implements Slots.Task {
  private final Thread waiting = Thread.currentThread();
  private final LlamaModel model;
  private final int[] prompt;
  private final TokenSampler sampler;
  private final Supplier<Sequence> beginning;
  private @Nullable Sequence sequence;
  private volatile int drawn;
  private final AtomicReference<@Nullable Supplier<Draw>> end = new AtomicReference<>();

  /// A draw that the calling thread will wait for.
  ///
  /// @param model that decodes the text
  /// @param prompt its tokens
  /// @param sampler draws the tokens
  /// @param beginning makes the empty completion, when its time has come: a draw that waits takes
  ///   no memory
  AwaitedDraw(LlamaModel model, int[] prompt, TokenSampler sampler, Supplier<Sequence> beginning) {
    this.model = model;
    this.prompt = prompt;
    this.sampler = sampler;
    this.beginning = beginning;
  }

  @Override
  public int[] prompt() {
    return prompt;
  }

  @Override
  public Sequence sequence() {
    if (sequence == null) sequence = beginning.get();
    return sequence;
  }

  /// {@inheritDoc}
  ///
  /// Where no token can be drawn from the logits, this draw fails and no other.
  @Override
  public void extend(float[] logits) {
    Sequence soFar = sequence();
    try {
      soFar.draw(sampler, logits, model::isEnd);
    } catch (EngineException e) {
      end(failing(e));
      return;
    }
    drawn = soFar.length();
    if (soFar.finished()) {
      Draw draw = soFar.draw(model);
      end(() -> draw);
    } else {
      LockSupport.unpark(waiting);
    }
  }

  @Override
  public boolean givenUp() {
    return ended();
  }

  /// A draw that came to nothing.
  ///
  /// @param cause where it is not the engine's, a bug
  static Supplier<Draw> failing(Throwable cause) {
    return () -> {
      throw failure(cause);
    };
  }

  /// What whoever waits for the model is told of what went wrong in it.
  static RuntimeException failure(Throwable cause) {
    return cause instanceof EngineException
        ? new DrawFailedException(String.valueOf(cause.getMessage()))
        : new IllegalStateException("the drawing failed: " + cause, cause);
  }

  boolean ended() {
    return end.get() != null;
  }

  /// Ends it, if nobody has.
  ///
  /// @param how gives the draw, or throws what became of it, to the thread that waits
  void end(Supplier<Draw> how) {
    if (end.compareAndSet(null, how)) LockSupport.unpark(waiting);
  }

  /// Waits for its end.
  ///
  /// @param progress is told how many tokens have been drawn
  /// @return the draw
  /// @throws CancellationException if the thread is interrupted
  Draw await(IntConsumer progress) {
    int told = 0;
    while (true) {
      Slots.throwIfInterrupted();
      Supplier<Draw> how = end.get();
      int now = drawn;
      if (now > told) {
        told = now;
        progress.accept(now); // may park, and use up a wake-up of ours: so all is looked at again
      } else if (how != null) {
        return how.get();
      } else {
        LockSupport.park(this);
      }
    }
  }
}
