package topdraw.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Sequences in llama.cpp's key-value cache, and the batch that extends them.
///
/// Every argument is checked here before native code sees it: on a batch too large or a token
/// outside the vocabulary llama.cpp ends the process, and a sequence too many it accepts in
/// silence. Not safe for several threads.
final class LlamaContext implements AutoCloseable {
  /// The most tokens of one batch; also what a prompt is cut into.
  static final int BATCH = 256;

  /// The most cells of the cache: 6 GiB for the default model, and far below where llama.cpp
  /// misbehaves.
  static final int MOST_CELLS = 1 << 18;

  // All of memory, so that a row of logits can be copied from its address without an object.
  private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private final LlamaModel model;
  private final LlamaLibrary library;
  private final MemorySegment context;
  private final int cells;
  private final int sequences;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment batch = arena.allocate(Layouts.BATCH);
  private final MemorySegment tokens = arena.allocate(JAVA_INT, BATCH);
  private final MemorySegment positions = arena.allocate(JAVA_INT, BATCH);
  private final MemorySegment sequenceOf = arena.allocate(JAVA_INT, BATCH);
  private final MemorySegment wanted = arena.allocate(JAVA_BYTE, BATCH);
  private int count;
  private int used;
  private long nativeNanos;
  private boolean closed;

  private LlamaContext(LlamaModel model, MemorySegment context, int cells, int sequences) {
    this.model = model;
    this.library = model.library();
    this.context = context;
    this.cells = cells;
    this.sequences = sequences;
    layOutBatch();
  }

  /// Allocates a cache.
  ///
  /// @param cells how many tokens it holds, over all sequences, prompt counted once; rounded up to
  ///   a multiple of 256, llama.cpp's own step with flash attention
  /// @param sequences how many sequences at most, at most [#BATCH]
  /// @param threads how many threads decode
  static LlamaContext open(LlamaModel model, int cells, int sequences, int threads) {
    require(cells >= 1 && cells <= MOST_CELLS, "cells", cells);
    require(sequences >= 1 && sequences <= BATCH, "sequences", sequences);
    require(threads >= 1 && threads <= 512, "threads", threads);
    int rounded = Math.ceilDiv(cells, 256) * 256;
    LlamaLibrary library = model.library();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = Layouts.checkContext(library.contextDefaultParams(arena));
      params.set(JAVA_INT, Layouts.CONTEXT_CELLS, rounded);
      params.set(JAVA_INT, Layouts.CONTEXT_BATCH, BATCH);
      params.set(JAVA_INT, Layouts.CONTEXT_UBATCH, BATCH);
      params.set(JAVA_INT, Layouts.CONTEXT_SEQUENCES, sequences);
      params.set(JAVA_INT, Layouts.CONTEXT_THREADS, threads);
      params.set(JAVA_INT, Layouts.CONTEXT_THREADS_BATCH, threads);
      // Without it the logits of a sequence depend on what is decoded beside it.
      params.set(JAVA_BYTE, Layouts.CONTEXT_FLASH_ATTENTION, (byte) 1);
      MemorySegment context = library.newContext(model.handle(), params);
      if (context.equals(MemorySegment.NULL)) {
        throw new IllegalStateException(
            "llama.cpp cannot make a cache of %d tokens; lower max-tokens or the width"
                .formatted(rounded));
      }
      return new LlamaContext(model, context, rounded, sequences);
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
    batch.set(ADDRESS, Layouts.BATCH_TOKEN, tokens);
    batch.set(ADDRESS, Layouts.BATCH_POSITION, positions);
    batch.set(ADDRESS, Layouts.BATCH_SEQUENCE_COUNT, ones);
    batch.set(ADDRESS, Layouts.BATCH_SEQUENCE, sequencePointers);
    batch.set(ADDRESS, Layouts.BATCH_LOGITS, wanted);
  }

  /// How many tokens the cache holds.
  int cells() {
    return cells;
  }

  /// Adds one token to the batch to be decoded next.
  ///
  /// @param wantsLogits whether [#logits] will be asked for this row
  void add(int token, int position, int sequence, boolean wantsLogits) {
    require(count < BATCH, "batch row", count);
    require(token >= 0 && token < model.vocabularySize(), "token", token);
    require(position >= 0 && position < cells, "position", position);
    require(sequence >= 0 && sequence < sequences, "sequence", sequence);
    tokens.setAtIndex(JAVA_INT, count, token);
    positions.setAtIndex(JAVA_INT, count, position);
    sequenceOf.setAtIndex(JAVA_INT, count, sequence);
    wanted.set(JAVA_BYTE, count, (byte) (wantsLogits ? 1 : 0));
    count++;
  }

  /// Decodes the batch and empties it.
  void decode() {
    open();
    require(count >= 1, "batch size", count);
    require(used + count <= cells, "cells used", used + count);
    batch.set(JAVA_INT, Layouts.BATCH_COUNT, count);
    used += count;
    count = 0;
    long start = System.nanoTime();
    int status = library.decode(context, batch);
    nativeNanos += System.nanoTime() - start;
    if (status != 0) {
      throw new IllegalStateException("llama.cpp could not decode a batch: status " + status);
    }
  }

  /// Decodes a run of tokens of sequence 0, from position `from`, in batches.
  ///
  /// @param firstWanted the position from which on rows of logits are wanted
  /// @param rows is told of each row of logits wanted: its position, and its number for [#logits]
  void decodeRun(int[] run, int firstWanted, Rows rows) {
    for (int from = 0; from < run.length; from += BATCH) {
      int to = Math.min(run.length, from + BATCH);
      for (int i = from; i < to; i++) {
        add(run[i], i, 0, i >= firstWanted);
      }
      decode();
      for (int i = Math.max(from, firstWanted); i < to; i++) {
        rows.row(i, i - from);
      }
    }
  }

  /// Copies a row of logits of the batch just decoded.
  void logits(int row, float[] into) {
    require(row >= 0 && row < BATCH, "row", row);
    require(into.length == model.vocabularySize(), "logits", into.length);
    open();
    long address = library.logits(context, row);
    if (address == 0) {
      throw new IllegalStateException("llama.cpp kept no logits for row " + row);
    }
    MemorySegment.copy(MEMORY, JAVA_FLOAT, address, into, 0, into.length);
  }

  /// Lets every other sequence share what sequence 0 holds.
  void share() {
    open();
    for (int sequence = 1; sequence < sequences; sequence++) {
      library.copy(context, 0, sequence);
    }
  }

  /// Drops what lies at `position` or after it, in every sequence.
  void rewind(int position) {
    open();
    require(position >= 0, "position", position);
    if (!library.remove(context, -1, position, -1)) {
      throw new IllegalStateException("llama.cpp could not drop the cache from " + position);
    }
    used = position;
    count = 0;
  }

  /// Empties the cache.
  void clear() {
    open();
    library.clear(context);
    used = 0;
    count = 0;
  }

  /// Time spent in native decoding since this cache was made, in nanoseconds.
  long nativeNanos() {
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
  interface Rows {
    void row(int position, int row);
  }
}
