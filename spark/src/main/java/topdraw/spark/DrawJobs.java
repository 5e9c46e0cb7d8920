package topdraw.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.Iterator;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import topdraw.reference.Answer;
import topdraw.reference.Request;

/// Jobs of Spark under way, each of a task for each part; what they have drawn is taken in whatever
/// order it comes. Used by one thread.
final class DrawJobs implements AutoCloseable {
  /// What one task draws, as the driver and as the task know it.
  record Part(List<Request> requests, DrawPart sent) {}

  /// A request and its answer.
  record Answered(Request request, Answer answer) {}

  /// What comes from a job.
  private sealed interface Event {
    /// A task is done.
    record Drawn(Part part, List<DrawPart.Told> told) implements Event {}

    /// All tasks are, or one has failed for good.
    record Ended(SimpleFutureAction<?> job, @Nullable Throwable failure) implements Event {}
  }

  private final JavaSparkContext context;
  private final List<SimpleFutureAction<?>> jobs = new ArrayList<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  DrawJobs(JavaSparkContext context) {
    this.context = context;
    // A task waits for servers, and ends when it is interrupted.
    context.sc().setInterruptOnCancel(true);
  }

  int underWay() {
    return jobs.size();
  }

  void begin(List<Part> parts) {
    List<DrawPart> sent = parts.stream().map(Part::sent).toList();
    List<Object> places = new ArrayList<>();
    for (int place = 0; place < parts.size(); place++) {
      places.add(place);
    }
    SimpleFutureAction<BoxedUnit> job =
        context
            .sc()
            .submitJob(
                context.parallelize(sent, sent.size()).rdd(),
                (Function1<Iterator<DrawPart>, List<DrawPart.Told>> & Serializable) DrawJobs::drawn,
                CollectionConverters.asScala(places).toSeq(),
                (place, told) -> {
                  events.add(new Event.Drawn(parts.get((Integer) place), told));
                  return BoxedUnit.UNIT;
                },
                () -> BoxedUnit.UNIT);
    jobs.add(job);
    job.onComplete(
        done -> events.add(new Event.Ended(job, done.isFailure() ? done.failed().get() : null)),
        ExecutionContext.global());
  }

  private static List<DrawPart.Told> drawn(Iterator<DrawPart> parts) {
    try {
      return parts.next().draw();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits for something.
  ///
  /// @return the answers of a task that is done; none where a job has ended
  /// @throws topdraw.reference.DrawFailedException if a task fails as often as Spark tries it
  /// @throws CancellationException if the thread is interrupted
  List<Answered> next() {
    try {
      return switch (events.take()) {
        case Event.Drawn(Part part, List<DrawPart.Told> told) ->
            told.stream()
                .map(one -> new Answered(part.requests().get(one.place()), one.answer()))
                .toList();
        case Event.Ended(SimpleFutureAction<?> job, @Nullable Throwable failure) -> {
          if (failure != null) {
            throw Failure.drawing(failure);
          }
          jobs.remove(job);
          yield List.of();
        }
      };
    } catch (InterruptedException e) {
      CancellationException interrupted = new CancellationException("interrupted while drawing");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /// Ends what is under way.
  @Override
  public void close() {
    jobs.forEach(SimpleFutureAction::cancel);
  }
}
