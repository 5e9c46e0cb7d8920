package topdraw.cli;

import java.util.concurrent.ForkJoinPool;
import topdraw.estimate.Measurements;
import topdraw.estimate.PromptSource;
import topdraw.estimate.Questions;

/// Measures recordings on all cores.
final class AllCores {
  private AllCores() {}

  static <E extends Exception> Measurements measure(Questions questions, PromptSource<E> source)
      throws E {
    return questions.measure(
        source, ForkJoinPool.commonPool(), ForkJoinPool.getCommonPoolParallelism());
  }
}
