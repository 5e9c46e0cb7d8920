package topdraw.llama.template;

/// A text in the making: every piece is counted before it is added.
final class Made {
  private final StringBuilder text = new StringBuilder();
  private final Budget budget;

  Made(Budget budget) {
    this.budget = budget;
  }

  Made add(String piece) {
    budget.make(piece.length());
    text.append(piece);
    return this;
  }

  Made add(int character) {
    budget.make(1);
    text.appendCodePoint(character);
    return this;
  }

  Made repeat(String piece, long times) {
    if (times <= 0 || piece.isEmpty()) return this;
    budget.make(times > Integer.MAX_VALUE ? Long.MAX_VALUE : piece.length() * times);
    text.repeat(piece, (int) times);
    return this;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
