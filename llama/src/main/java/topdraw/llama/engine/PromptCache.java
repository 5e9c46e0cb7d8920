package topdraw.llama.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The prompt in a cache, and the logits after it. Of the next prompt only what differs is decoded:
/// the head that two prompts share, as a chat template's system message or a few examples, stays
/// where it is, also while completions of the earlier prompt are still being drawn.
///
/// Decoding the rest alone changes no bit of the logits against decoding the whole prompt; a test
/// holds this.
public final class PromptCache implements AutoCloseable {
  private final LlamaModel model;
  private final int slots;
  private final int threads;
  private final float[] logits;
  private @Nullable LlamaContext context;
  private int[] held = {};
  private boolean answered;
  private long prefilled;

  /// How many tokens of the prompt lie in the first cells, one after the other: these stay when the
  /// rest of the cache is emptied.
  private int rooted;

  /// Makes an empty cache, which takes no memory before [#reserve].
  ///
  /// @param model that decodes; closed after this
  /// @param slots how many completions are drawn side by side at most
  /// @param threads how many threads decode
  public PromptCache(LlamaModel model, int slots, int threads) {
    this.model = model;
    this.slots = slots;
    this.threads = threads;
    logits = new float[model.vocabularySize()];
  }

  /// How many completions are drawn side by side at most.
  ///
  /// @return at least 1
  public int slots() {
    return slots;
  }

  /// Space for a row of logits.
  ///
  /// @return an array of the vocabulary's size
  public float[] row() {
    return new float[model.vocabularySize()];
  }

  /// The cache that slots are drawn in. Valid until [#reserve] needs a larger one.
  ///
  /// @return the cache
  public LlamaContext context() {
    if (context == null) throw new IllegalStateException("no cache is reserved");
    return context;
  }

  /// Makes sure of a cache that holds so many tokens.
  ///
  /// @param cells at least
  /// @param ample what is taken where a new cache is needed, so that the next is not needed soon
  public void reserve(int cells, int ample) {
    if (context != null && context.cells() >= cells) return;
    close();
    context = LlamaContext.open(model, ample, slots, threads);
  }

  /// Empties the cache, but for the head it shares with a prompt, and prefills that prompt. No slot
  /// may live.
  ///
  /// @param prompt its tokens
  public void restart(int[] prompt) {
    empty(prompt);
    prefill(prompt);
  }

  /// Empties the cache, but for the head it shares with a prompt. No slot may live.
  void empty(int[] prompt) {
    keep(Math.min(rooted, shared(prompt)));
  }

  /// Empties the cache. No slot may live.
  public void clear() {
    keep(0);
  }

  private void keep(int head) {
    context().rewind(head);
    cut(head);
    rooted = head;
  }

  /// How many cells [#prefill] would take.
  int cost(int[] prompt) {
    return prompt.length - shared(prompt);
  }

  /// Decodes what is not yet there of a prompt, beside the slots that live.
  ///
  /// @param prompt its tokens
  /// @return the logits after the prompt, until the next call
  public float[] prefill(int[] prompt) {
    boolean whole = false;
    while (!whole) {
      whole = prefillBatch(prompt);
    }
    return logits;
  }

  /// Decodes one batch of what is not yet there of a prompt, beside the slots that live.
  ///
  /// @return whether all of it is there
  boolean prefillBatch(int[] prompt) {
    int shared = shared(prompt);
    LlamaContext cache = context();
    if (shared < held.length) cache.shorten(shared);
    cut(shared);
    rooted = Math.min(rooted, shared);
    if (shared == prompt.length) return true;
    boolean rooting = rooted == shared && cache.used() == shared;
    int end = Math.min(prompt.length, shared + LlamaContext.BATCH);
    int[] part = Arrays.copyOf(prompt, end);
    cache.decodeRun(part, shared, end - 1, (_, row) -> cache.logits(row, logits));
    prefilled += end - shared;
    held = part;
    answered = true;
    if (rooting) rooted = end;
    return end == prompt.length;
  }

  /// The logits after the prompt prefilled last.
  float[] logits() {
    return logits;
  }

  /// What prompts have cost so far.
  ///
  /// @return tokens decoded by [#prefill]
  public long prefilled() {
    return prefilled;
  }

  /// Lets the prompt go on as a slot does, which shares it. What is added lies among cells of other
  /// slots, so the next [#restart] drops it.
  ///
  /// @param slot counted from 0
  /// @param text all that the slot has decoded, the prompt held included
  public void extendPrompt(int slot, int[] text) {
    context().extendPrompt(slot);
    held = text;
    answered = false;
  }

  private void cut(int length) {
    if (length == held.length) return;
    held = Arrays.copyOf(held, length);
    answered = false;
  }

  /// The length of the head that a prompt shares with the one held. The last token is always
  /// decoded where the logits after it are not those kept.
  private int shared(int[] prompt) {
    int same = Arrays.mismatch(held, prompt);
    if (same < 0) same = prompt.length;
    boolean known = answered && held.length == prompt.length && same == prompt.length;
    return known ? same : Math.clamp(same, 0, Math.max(0, prompt.length - 1));
  }

  @Override
  public void close() {
    if (context != null) context.close();
    context = null;
    held = new int[0];
    answered = false;
    rooted = 0;
  }
}
