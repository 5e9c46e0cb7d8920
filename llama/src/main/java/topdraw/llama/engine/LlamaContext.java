package topdraw.llama.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import topdraw.input.InputException;

/// Sequences in llama.cpp's key-value cache, and the batch that extends them: slots that
/// completions are drawn in, and the prompt that they share.
///
/// The cache is written from its first cell to its last and no cell between is used again before
/// [#rewind]: what a sequence gives up stays taken, by a sequence that nothing is decoded in. So
/// the cells of a sequence lie in the order of its positions, whatever ends or begins beside it.
/// Flash attention adds over cells in their order and skips those of others: this order is what
/// makes a completion's bits independent of its neighbours. They are also independent of how many
/// rows are decoded with it: a build that computes many rows or a single one in another way is
/// given as many at once as it computes alike, a row that counts for nothing beside the last one.
///
/// Every argument is checked here before native code sees it: on a batch too large or a token
/// outside the vocabulary llama.cpp ends the process, and a sequence too many it accepts in
/// silence. Not safe for several threads.
public final class LlamaContext implements AutoCloseable {
  /// The most tokens of one batch; also what a prompt is cut into.
  public static final int BATCH = 256;

  /// The most cells of the cache: 6 GiB for the default model, and far below where llama.cpp
  /// misbehaves.
  public static final int MOST_CELLS = 1 << 18;

  // Where the fields of `llama_batch` lie, in every build.
  private static final long BATCH_COUNT = 0;
  private static final long BATCH_TOKEN = 8;
  private static final long BATCH_POSITION = 24;
  private static final long BATCH_SEQUENCE_COUNT = 32;
  private static final long BATCH_SEQUENCE = 40;
  private static final long BATCH_LOGITS = 48;

  // All of memory, so that a row of logits can be copied from its address without an object.
  private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private final LlamaModel model;
  private final LlamaLibrary library;
  private final MemorySegment context;
  private final int cells;
  private final int slots;
  private final int prompt;
  private final int dead;
  private final int mostRows;
  private final boolean padding;
  private final int mostThreads;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment batch = arena.allocate(LlamaLibrary.BATCH);
  private final MemorySegment tokens = arena.allocate(JAVA_INT, BATCH);
  private final MemorySegment positions = arena.allocate(JAVA_INT, BATCH);
  private final MemorySegment sequenceOf = arena.allocate(JAVA_INT, BATCH);
  private final MemorySegment wanted = arena.allocate(JAVA_BYTE, BATCH);
  private int count;
  private int used;
  private long decoded;
  private long nativeNanos;
  private int threads;
  private boolean closed;

  private LlamaContext(
      LlamaModel model, MemorySegment context, int cells, int slots, int mostThreads) {
    this.model = model;
    this.library = model.library();
    this.context = context;
    this.cells = cells;
    this.slots = slots;
    prompt = slots;
    dead = slots + 1;
    mostRows = library.build().mostRows();
    padding = library.build().neverOneRow();
    this.mostThreads = mostThreads;
    threads = mostThreads;
    layOutBatch();
  }

  /// Allocates a cache.
  ///
  /// @param cells how many tokens it holds, over all sequences, prompt counted once; rounded up to
  ///   llama.cpp's own step with flash attention, 256
  /// @param slots how many completions are drawn side by side at most, at most
  ///   [EngineBuild#mostSlots]
  /// @param threads how many threads decode, at most: a build whose threads spin without end takes
  ///   fewer while others use the machine, which changes no bit
  /// @throws InputException if the machine does not have the memory
  static LlamaContext open(LlamaModel model, int cells, int slots, int threads) {
    require(cells >= 1 && cells <= MOST_CELLS, "cells", cells);
    require(slots >= 1 && slots <= model.library().build().mostSlots(), "slots", slots);
    require(threads >= 1 && threads <= 512, "threads", threads);
    LlamaLibrary library = model.library();
    int rounded = library.build().roundedCells(cells);
    model.requireRoom(cells, slots);
    try (Arena arena = Arena.ofConfined()) {
      Struct fields = library.build().contextParams();
      MemorySegment params = library.contextDefaultParams(arena);
      fields.set(params, "n_ctx", rounded);
      fields.set(params, "n_batch", BATCH);
      fields.set(params, "n_ubatch", library.build().mostRows());
      fields.set(params, "n_seq_max", library.build().sequences(slots));
      fields.set(params, "n_threads", threads);
      fields.set(params, "n_threads_batch", threads);
      library.build().always().forEach((name, value) -> fields.set(params, name, value));
      MemorySegment context = library.newContext(model.handle(), params);
      if (context.equals(MemorySegment.NULL)) {
        ModelMemory memory = model.memory(cells, slots);
        throw new EngineException(
            "llama.cpp could not get the memory for a cache of %d tokens, %s; lower max-tokens, or close other programs"
                .formatted(rounded, ModelMemory.gigabytes(memory.cache() + memory.working())));
      }
      return new LlamaContext(
          model, context, rounded - library.build().spareRows(), slots, threads);
    }
  }

  private void layOutBatch() {
    MemorySegment ones = arena.allocate(JAVA_INT, BATCH);
    MemorySegment sequencePointers = arena.allocate(ADDRESS, BATCH);
    for (int i = 0; i < BATCH; i++) {
      ones.setAtIndex(JAVA_INT, i, 1);
      sequencePointers.setAtIndex(
          ADDRESS, i, sequenceOf.asSlice((long) i * Integer.BYTES, Integer.BYTES));
    }
    batch.set(ADDRESS, BATCH_TOKEN, tokens);
    batch.set(ADDRESS, BATCH_POSITION, positions);
    batch.set(ADDRESS, BATCH_SEQUENCE_COUNT, ones);
    batch.set(ADDRESS, BATCH_SEQUENCE, sequencePointers);
    batch.set(ADDRESS, BATCH_LOGITS, wanted);
  }

  /// How many tokens the cache holds.
  int cells() {
    return cells;
  }

  /// How many cells are taken, from the first on.
  int used() {
    return used;
  }

  /// How many more tokens can be decoded before [#rewind].
  int room() {
    return cells - used;
  }

  /// How many tokens the batch to be decoded next has.
  ///
  /// @return at most [#BATCH]
  public int batched() {
    return count;
  }

  /// Adds one token of a slot to the batch to be decoded next.
  ///
  /// @param token its id
  /// @param position counted from 0, the prompt's tokens included
  /// @param slot counted from 0
  /// @param wantsLogits whether [#logits] will be asked for this row
  /// @throws IllegalArgumentException if one of them is out of range, or the batch is full
  public void add(int token, int position, int slot, boolean wantsLogits) {
    require(slot >= 0 && slot < slots, "slot", slot);
    addTo(slot, token, position, wantsLogits);
  }

  private void addTo(int sequence, int token, int position, boolean wantsLogits) {
    require(count < BATCH, "batch row", count);
    require(token >= 0 && token < model.vocabularySize(), "token", token);
    require(position >= 0 && position < cells, "position", position);
    put(sequence, token, position, wantsLogits);
    count++;
  }

  private void put(int sequence, int token, int position, boolean wantsLogits) {
    tokens.setAtIndex(JAVA_INT, count, token);
    positions.setAtIndex(JAVA_INT, count, position);
    sequenceOf.setAtIndex(JAVA_INT, count, sequence);
    wanted.set(JAVA_BYTE, count, (byte) (wantsLogits ? 1 : 0));
  }

  /// Decodes the batch and empties it.
  ///
  /// @throws IllegalArgumentException if the batch is empty, or larger than [#room]
  /// @throws EngineException if llama.cpp cannot decode it
  public void decode() {
    decodeWith(library.roomFor(mostThreads));
  }

  /// Decodes the batch with so many threads.
  void decodeWith(int now) {
    open();
    require(count >= 1, "batch size", count);
    require(used + count <= cells, "cells used", used + count);
    boolean padded = padding && count % mostRows == 1;
    if (padded) put(dead + 1, 0, 0, false);
    batch.set(JAVA_INT, BATCH_COUNT, padded ? count + 1 : count);
    used += count;
    decoded += count;
    count = 0;
    useThreads(now);
    long start = System.nanoTime();
    int status = library.decode(context, batch);
    nativeNanos += System.nanoTime() - start;
    if (status != 0) {
      throw new EngineException("llama.cpp could not decode a batch: status " + status);
    }
    if (padded) remove(dead + 1, 0); // its cell was the last, so the next batch takes it
  }

  private void useThreads(int now) {
    if (now == threads) return;
    library.setThreads(context, now);
    threads = now;
  }

  /// Decodes a run of tokens of the prompt, in batches.
  ///
  /// @param run the whole prompt
  /// @param from the position from which on it is decoded; what lies before is there already
  /// @param firstWanted the position from which on rows of logits are wanted
  /// @param rows is told of each row of logits wanted: its position, and its number for [#logits]
  public void decodeRun(int[] run, int from, int firstWanted, Rows rows) {
    for (int start = from; start < run.length; start += BATCH) {
      int end = Math.min(run.length, start + BATCH);
      for (int i = start; i < end; i++) {
        addTo(prompt, run[i], i, i >= firstWanted);
      }
      decode();
      for (int i = Math.max(start, firstWanted); i < end; i++) {
        rows.row(i, i - start);
      }
    }
  }

  /// Copies a row of logits of the batch just decoded.
  ///
  /// @param row its number in the batch, one that logits were wanted for
  /// @param into an array of the vocabulary's size
  public void logits(int row, float[] into) {
    require(row >= 0 && row < BATCH, "row", row);
    require(into.length == model.vocabularySize(), "logits", into.length);
    open();
    long address = library.logits(context, row);
    if (address == 0) {
      throw new IllegalStateException("llama.cpp kept no logits for row " + row);
    }
    MemorySegment.copy(MEMORY, JAVA_FLOAT, address, into, 0, into.length);
  }

  /// Lets a slot share all that the prompt holds.
  ///
  /// @param slot one that holds nothing
  public void share(int slot) {
    open();
    require(slot >= 0 && slot < slots, "slot", slot);
    library.copy(context, prompt, slot, -1, -1);
  }

  /// Lets the prompt go on as a slot does, which shares it.
  void extendPrompt(int slot) {
    open();
    require(slot >= 0 && slot < slots, "slot", slot);
    library.copy(context, slot, prompt, -1, -1);
  }

  /// Ends a slot's sequence.
  ///
  /// @param slot counted from 0
  public void end(int slot) {
    require(slot >= 0 && slot < slots, "slot", slot);
    discard(slot, 0);
  }

  /// Takes from the prompt what lies at `position` or after it; slots that share it keep it.
  void shorten(int position) {
    discard(prompt, position);
  }

  private void discard(int sequence, int position) {
    open();
    require(position >= 0, "position", position);
    library.copy(context, sequence, dead, position, -1);
    remove(sequence, position);
  }

  /// Drops what lies at `position` or after it, in every sequence: for when only the prompt lives,
  /// and the first `position` cells are its own. What is decoded next lies right after them.
  void rewind(int position) {
    open();
    require(position >= 0, "position", position);
    remove(-1, position);
    used = position;
    count = 0;
  }

  private void remove(int sequence, int position) {
    if (!library.remove(context, sequence, position, -1)) {
      throw new IllegalStateException("llama.cpp could not drop the cache from " + position);
    }
  }

  /// Empties the cache.
  void clear() {
    open();
    library.clear(context);
    used = 0;
    count = 0;
  }

  /// Tokens decoded since this cache was made.
  ///
  /// @return tokens
  public long decoded() {
    return decoded;
  }

  /// Time spent in native decoding since this cache was made.
  ///
  /// @return nanoseconds
  public long nativeNanos() {
    return nativeNanos;
  }

  private void open() {
    if (closed) throw new IllegalStateException("the cache is closed");
  }

  private static void require(boolean holds, String what, int value) {
    if (!holds) throw new IllegalArgumentException(what + " out of range: " + value);
  }

  @Override
  public void close() {
    if (closed) return;
    closed = true;
    library.freeContext(context);
    arena.close();
  }

  /// Told of each row of logits that a run asked for.
  @FunctionalInterface
  public interface Rows {
    /// Logits are there.
    ///
    /// @param position of the token that they come after
    /// @param row their number for [#logits]
    void row(int position, int row);
  }
}
