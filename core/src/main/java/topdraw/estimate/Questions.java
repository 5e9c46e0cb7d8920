package topdraw.estimate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import topdraw.audit.Audit;
import topdraw.draw.PromptDraws;

/// Questions that are answered from one pass over recorded draws: each prompt is measured by itself,
/// in any place and order, the [Measurements] merge, and the answers are made of them.
///
///     Questions questions = Questions.of(analysis, gold);
///     Measurements measured = questions.measure(recording::forEach, executor, threads);
///     Analysis.of(measured, analysis, confidence);
public final class Questions implements Serializable {
  private static final long serialVersionUID = 1;

  private final ArrayList<Question> asked;

  private Questions(List<Question> asked) {
    this.asked = new ArrayList<>(asked);
  }

  /// Asks some questions together.
  ///
  /// @param asked the questions, at least one
  /// @return all of them
  public static Questions of(Question... asked) {
    return of(List.of(asked));
  }

  /// Asks some questions together.
  ///
  /// @param asked the questions, at least one
  /// @return all of them
  public static Questions of(List<Question> asked) {
    if (asked.isEmpty()) {
      throw new IllegalArgumentException("nothing is asked");
    }
    return new Questions(asked);
  }

  /// Measures one prompt: the same numbers wherever and whenever it is asked.
  ///
  /// @param draws the prompt and its draws
  /// @param position where it stands among the others, which must be its own: first places and
  ///   first pictures are first by it, and prompts of one key come in its order
  /// @return its measurement
  /// @throws IllegalArgumentException if a question cannot be asked of these draws
  public Measurement measure(PromptDraws draws, long position) {
    Audit audit = audit();
    audit.look(draws, position); // before the draws are put in any order: of millions that is large
    var prompt = new PromptView(draws, position);
    var numbers = new double[asked.size()][];
    var portraits = new @Nullable Portrait[asked.size()];
    for (int q = 0; q < numbers.length; q++) {
      numbers[q] = asked.get(q).measure(prompt);
      portraits[q] = asked.get(q).portrait(prompt).orElse(null);
    }
    return new Measurement(position, draws.order(), prompt.size(), audit, numbers, portraits);
  }

  /// Measures all prompts of a source, on several threads. What comes out does not depend on them.
  ///
  /// @param source goes through the prompts, whose positions are the order in which it does
  /// @param executor measures beside the reading
  /// @param threads how many threads it has; with none everything is measured by the caller's
  /// @param <E> what goes wrong in the reading
  /// @return the measurements
  /// @throws E if the reading goes wrong
  /// @throws IllegalArgumentException if a question cannot be asked of some draws
  public <E extends Exception> Measurements measure(
      PromptSource<E> source, Executor executor, int threads) throws E {
    var measuring = new Measuring(this, executor, threads);
    source.forEach(measuring::add);
    return measuring.result();
  }

  /// Measures all prompts of a source on all cores.
  ///
  /// @param source goes through the prompts
  /// @param <E> what goes wrong in the reading
  /// @return the measurements
  /// @throws E if the reading goes wrong
  /// @throws IllegalArgumentException if a question cannot be asked of some draws
  public <E extends Exception> Measurements measure(PromptSource<E> source) throws E {
    return measure(source, ForkJoinPool.commonPool(), ForkJoinPool.getCommonPoolParallelism());
  }

  /// An audit of what the questions use, which has seen nothing yet.
  Audit audit() {
    return new Audit(rewards().toList());
  }

  private Stream<String> rewards() {
    return asked.stream().flatMap(question -> question.rewards().stream()).distinct();
  }

  int size() {
    return asked.size();
  }

  /// Which of the questions one is, from 0.
  int indexOf(Question question) {
    int index = asked.indexOf(question);
    if (index < 0) {
      throw new IllegalArgumentException(
          "it was not asked when the prompts were measured: " + question);
    }
    return index;
  }

  /// What is not written is made again.
  private Object readResolve() {
    return new Questions(asked);
  }
}
