package topdraw.llama.engine;

import java.util.Iterator;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import topdraw.reference.Request;

/// Completions drawn side by side, of any prompts: each step decodes the last token of every
/// completion under way in one batch and draws its next; a slot whose completion ends is given to
/// the next draw at once.
///
/// Dead cells stay in the cache ([LlamaContext] says why), so it fills up. When it has no more room
/// for another prompt and a full width of completions of the longest kind, no slot is refilled
/// until all have ended; then it is emptied and drawing goes on.
public final class Slots {
  /// Room in the cache for completions, in full widths of the longest.
  private static final int WIDTHS = 2;

  /// Room in the cache for prompts, in prompts as long as the longest so far.
  private static final int PROMPTS = 4;

  private final PromptCache cache;
  private final TokenSampler sampler;
  private final Sequence.Ends ends;
  private final int width;
  private final int maxTokens;
  private final float[] logits;

  /// Draws in a cache.
  ///
  /// @param cache whose prompt and slots are used
  /// @param sampler draws the tokens
  /// @param ends which tokens end a completion
  /// @param maxTokens the most tokens of a completion
  public Slots(PromptCache cache, TokenSampler sampler, Sequence.Ends ends, int maxTokens) {
    this.cache = cache;
    this.sampler = sampler;
    this.ends = ends;
    this.width = cache.slots();
    this.maxTokens = maxTokens;
    logits = cache.row();
  }

  /// One completion to draw.
  ///
  /// @param request what was asked for
  /// @param prompt its prompt's tokens
  /// @param sequence what becomes the completion
  public record Task(Request request, int[] prompt, Sequence sequence) {
    private int lastPosition() {
      return prompt.length + sequence.length() - 1;
    }
  }

  /// Draws every task to its end.
  ///
  /// @param tasks read one ahead of what fits
  /// @param listener is told how it goes; may end the drawing by throwing
  public void draw(Iterator<Task> tasks, Listener listener) {
    new Drawing(tasks, listener).run();
  }

  /// Makes sure of a cache with room for a prompt of this length.
  ///
  /// @param promptLength in tokens
  public void reserve(int promptLength) {
    long completions = (long) WIDTHS * width * maxTokens;
    cache.reserve(
        (int) Math.min(LlamaContext.MOST_CELLS, promptLength + completions),
        (int) Math.min(LlamaContext.MOST_CELLS, (long) PROMPTS * promptLength + completions));
  }

  private final class Drawing {
    private final Iterator<Task> tasks;
    private final Listener listener;
    private final @Nullable Task[] live = new Task[width];
    private @Nullable Task next;
    private int lives;
    private int drawn;

    Drawing(Iterator<Task> tasks, Listener listener) {
      this.tasks = tasks;
      this.listener = listener;
    }

    void run() {
      do {
        refill();
        if (lives > 0) step();
        listener.step(drawn);
        drawn = 0;
      } while (lives > 0 || next != null || tasks.hasNext());
    }

    private void refill() {
      for (int slot = 0; slot < width; slot++) {
        while (live[slot] == null) { // a completion of one token leaves its slot free
          if (next == null && tasks.hasNext()) next = tasks.next();
          if (next == null || !admits(next)) return;
          start(slot, next);
          next = null;
        }
      }
    }

    private boolean admits(Task task) {
      return lives == 0 || cache.cost(task.prompt) + width * maxTokens <= cache.context().room();
    }

    private void start(int slot, Task task) {
      throwIfInterrupted();
      if (lives == 0) {
        reserve(task.prompt.length);
        cache.restart(task.prompt);
      }
      task.sequence.draw(sampler, cache.prefill(task.prompt), ends);
      drawn++;
      if (task.sequence.finished()) {
        listener.ended(task);
      } else {
        cache.context().share(slot);
        live[slot] = task;
        lives++;
      }
    }

    private void step() {
      throwIfInterrupted();
      LlamaContext context = cache.context();
      for (int slot = 0; slot < width; slot++) {
        Task task = live[slot];
        if (task != null) {
          context.add(task.sequence.lastToken(), task.lastPosition(), slot, true);
        }
      }
      context.decode();
      int row = 0;
      for (int slot = 0; slot < width; slot++) {
        Task task = live[slot];
        if (task == null) continue;
        context.logits(row++, logits);
        task.sequence.draw(sampler, logits, ends);
        drawn++;
        if (task.sequence.finished()) end(slot, task);
      }
    }

    private void end(int slot, Task task) {
      live[slot] = null;
      lives--;
      cache.context().end(slot);
      listener.ended(task);
    }
  }

  /// Ends a drawing whose thread has been interrupted.
  ///
  /// @throws CancellationException if it has; its mark is cleared
  public static void throwIfInterrupted() {
    if (Thread.interrupted()) throw new CancellationException("interrupted while drawing");
  }

  /// Told how the drawing goes.
  public interface Listener {
    /// A task is finished.
    ///
    /// @param task its sequence at its end
    void ended(Task task);

    /// So many tokens were drawn since the last call; called once a step.
    ///
    /// @param tokens of all completions
    void step(int tokens);
  }
}
