package topdraw.servers.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Questions to one server, a few of them at once.
///
/// @param most how many at once, at least 1
public record AtOnce(int most) {

  /// Asks them all, each in a virtual thread of its own.
  ///
  /// @param questions each blocks until it is answered
  /// @param <T> what an answer is
  /// @return the answers, in the order of the questions
  /// @throws CancellationException if the thread is interrupted; what is under way ends
  public <T> List<T> ask(List<Supplier<T>> questions) {
    Semaphore free = new Semaphore(most);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<T>> coming = new ArrayList<>();
      for (Supplier<T> question : questions) {
        coming.add(
            threads.submit(
                () -> {
                  free.acquire();
                  try {
                    return question.get();
                  } finally {
                    free.release();
                  }
                }));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> each : coming) answers.add(each.get());
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a server was scoring");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException bug) throw bug;
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }
}
