package topdraw.estimate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import topdraw.audit.Audit;

/// One prompt measured by [Questions]: the numbers of every question, and what the audit sees of
/// it. It never changes, and may be made anywhere and sent to where [Measurements] merge.
public final class Measurement implements Serializable {
  private static final long serialVersionUID = 1;

  private final long position;
  private final long order;
  private final int draws;
  private final Audit audit;
  private final double[][] numbers;
  private final @Nullable Portrait[] portraits;

  /// @param order [topdraw.draw.PromptDraws#order] of the prompt
  /// @param numbers a row a question
  /// @param portraits one a question, null where there is none
  Measurement(
      long position,
      long order,
      int draws,
      Audit audit,
      double[][] numbers,
      @Nullable Portrait[] portraits) {
    this.position = position;
    this.order = order;
    this.draws = draws;
    this.audit = audit;
    this.numbers = numbers;
    this.portraits = portraits;
  }

  /// Where the prompt stands among the others.
  ///
  /// @return its position
  public long position() {
    return position;
  }

  long order() {
    return order;
  }

  int draws() {
    return draws;
  }

  Audit audit() {
    return audit;
  }

  double[] numbers(int question) {
    return numbers[question];
  }

  @Nullable Portrait portrait(int question) {
    return portraits[question];
  }
}
