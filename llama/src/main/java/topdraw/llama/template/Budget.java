package topdraw.llama.template;

/// What one rendering has spent of its [Bounds]. Whatever takes work or memory asks here first, so
/// that a refusal comes before the work.
final class Budget {
  private static final int CLOCK_STEPS = 1 << 12;

  /// Characters that are looked at or copied in the time of one step.
  private static final int STEP_CHARACTERS = 512;

  private final Bounds bounds;
  private final long deadline;
  private long steps;
  private long clock;
  private long characters;
  private int depth;

  Budget(Bounds bounds) {
    this.bounds = bounds;
    deadline = System.nanoTime() + bounds.time().toNanos();
  }

  void step() {
    steps(1);
  }

  void steps(long count) {
    if (count > bounds.steps() - steps) {
      throw new TemplateException("it takes more than " + bounds.steps() + " steps");
    }
    steps += count;
    if (steps - clock < CLOCK_STEPS) return;
    clock = steps;
    if (System.nanoTime() - deadline > 0) {
      throw new TemplateException("it takes longer than " + bounds.time().toSeconds() + " s");
    }
  }

  /// Counts characters that are about to be read.
  void read(long count) {
    steps(1 + count / STEP_CHARACTERS);
  }

  /// Counts a search for a text of one length in one of another, which may have to compare them
  /// character by character at every place.
  void search(long length, long wanted) {
    steps(1 + length * Math.max(1, Math.min(wanted, length - wanted)) / STEP_CHARACTERS);
  }

  /// Counts characters that are about to be made.
  void make(long count) {
    if (count > bounds.characters() - characters) {
      throw new TemplateException("it makes more than " + bounds.characters() + " characters");
    }
    characters += count;
    read(count);
  }

  void enter() {
    if (depth >= bounds.depth()) throw tooDeep();
    depth++;
  }

  void leave() {
    depth--;
  }

  /// The depth of a value made of others whose deepest has this one.
  int above(int inner) {
    if (inner >= bounds.depth()) throw tooDeep();
    return inner + 1;
  }

  private TemplateException tooDeep() {
    return new TemplateException("it is nested more than " + bounds.depth() + " levels deep");
  }
}
