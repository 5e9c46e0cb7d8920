package topdraw.llama.engine;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Completions drawn side by side, of any prompts, each by a law of its own: each step decodes the
/// last token of every completion under way in one batch and draws its next; a slot whose
/// completion ends is given to the next draw at once. A long prompt is decoded a batch between two
/// steps.
///
/// Dead cells stay in the cache ([LlamaContext] says why), so it fills up. When it has no more room
/// for another prompt and all that may still be drawn, no slot is refilled until all have ended;
/// then it is emptied and drawing goes on.
public final class Slots {
  /// Room in the cache for completions, in full widths as long as the one that it is made for.
  private static final int WIDTHS = 2;

  /// Room in the cache for prompts, in prompts as long as the longest so far.
  private static final int PROMPTS = 4;

  private final PromptCache cache;
  private final int width;
  private final float[] logits;

  /// Draws in a cache.
  ///
  /// @param cache whose prompt and slots are used
  public Slots(PromptCache cache) {
    this.cache = cache;
    this.width = cache.slots();
    logits = cache.row();
  }

  /// One completion to draw, by the thread that draws all of them.
  public interface Task {
    /// Its prompt.
    ///
    /// @return tokens, at least one; never changed
    int[] prompt();

    /// What becomes the completion.
    ///
    /// @return always the same, with nothing drawn at first
    Sequence sequence();

    /// Draws its next token; may end the drawing of all by throwing.
    ///
    /// @param logits after the tokens so far; another's after the call
    void extend(float[] logits);

    /// Whether nobody waits for it any more; asked before every step. Its slot is then given to
    /// another, and it hears no more.
    ///
    /// @return true to end it here
    default boolean givenUp() {
      return false;
    }
  }

  /// What there is to draw.
  public interface Source {
    /// The next completion. Read one ahead of what fits.
    ///
    /// @return the task; null where there is none now, which ends the drawing if nothing is under
    ///   way, else is asked again after the step
    @Nullable Task next();

    /// All completions under way have another token.
    void stepped();
  }

  /// Draws every task to its end.
  ///
  /// @param source what to draw
  /// @throws CancellationException if the thread is interrupted
  public void draw(Source source) {
    new Drawing(source).run();
  }

  /// Makes sure of a cache with room for a prompt and twice the full width of completions.
  ///
  /// @param promptLength in tokens
  /// @param maxTokens the most tokens of a completion
  public void reserve(int promptLength, int maxTokens) {
    cache.reserve(
        cells(width, promptLength, maxTokens),
        cells(width, PROMPTS * (long) promptLength, maxTokens));
  }

  /// Tokens of a cache to draw in.
  ///
  /// @param width completions side by side
  /// @param prompts tokens of the prompts that it has room for
  /// @param maxTokens the most tokens of a completion
  /// @return at most [LlamaContext#MOST_CELLS]
  public static int cells(int width, long prompts, int maxTokens) {
    return (int) Math.min(LlamaContext.MOST_CELLS, prompts + (long) WIDTHS * width * maxTokens);
  }

  private final class Drawing {
    private final Source source;
    private final @Nullable Task[] live = new Task[width];
    private @Nullable Task next;
    private int lives;

    /// The cache had no room for the next: it is refilled when it is empty, not where a completion
    /// ends early, so that few never draw where many could.
    private boolean full;

    Drawing(Source source) {
      this.source = source;
    }

    void run() {
      while (refill()) {
        if (lives > 0) step();
        source.stepped();
      }
    }

    /// Fills free slots, and says whether anything goes on.
    private boolean refill() {
      drop();
      boolean started = false;
      for (int slot = 0; slot < width; slot++) {
        while (live[slot] == null) { // a completion of one token leaves its slot free
          if (next == null) next = source.next();
          if (next == null || !admits(next)) return started || lives > 0;
          Task task = next;
          next = null;
          start(slot, task);
          started = true;
        }
      }
      return true;
    }

    private void drop() {
      for (int slot = 0; slot < width; slot++) {
        Task task = live[slot];
        if (task != null && task.givenUp()) end(slot);
      }
      if (next != null && next.givenUp()) next = null;
    }

    private boolean admits(Task task) {
      if (lives == 0) return true;
      full |= cache.cost(task.prompt()) + task.sequence().left() + owed() > cache.context().room();
      return !full;
    }

    /// How many tokens those under way may still take.
    private int owed() {
      int tokens = 0;
      for (Task task : live) {
        if (task != null) tokens += task.sequence().left();
      }
      return tokens;
    }

    private void start(int slot, Task task) {
      throwIfInterrupted();
      int[] prompt = task.prompt();
      if (lives == 0) {
        full = false;
        reserve(prompt.length, task.sequence().left());
        cache.empty(prompt);
      }
      while (!cache.prefillBatch(prompt)) {
        throwIfInterrupted();
        if (lives > 0) step(); // a long prompt holds nobody up
        source.stepped();
        if (task.givenUp()) return;
      }
      task.extend(cache.logits());
      if (!ended(task)) {
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
          Sequence sequence = task.sequence();
          context.add(
              sequence.lastToken(), task.prompt().length + sequence.length() - 1, slot, true);
        }
      }
      context.decode();
      int row = 0;
      for (int slot = 0; slot < width; slot++) {
        Task task = live[slot];
        if (task == null) continue;
        context.logits(row++, logits);
        task.extend(logits);
        if (ended(task)) end(slot);
      }
    }

    private static boolean ended(Task task) {
      return task.sequence().finished() || task.givenUp();
    }

    private void end(int slot) {
      live[slot] = null;
      lives--;
      cache.context().end(slot);
    }
  }

  /// Ends a drawing whose thread has been interrupted.
  ///
  /// @throws CancellationException if it has; its mark is cleared
  public static void throwIfInterrupted() {
    if (Thread.interrupted()) throw new CancellationException("interrupted while drawing");
  }
}
