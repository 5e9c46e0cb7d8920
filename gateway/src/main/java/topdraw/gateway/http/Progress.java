package topdraw.gateway.http;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import topdraw.draw.Draw;
import topdraw.gateway.choose.Choosing;
import topdraw.gateway.draw.Candidate;
import topdraw.gateway.question.Question;

/// What a stream hears of an answer while it is made.
final class Progress implements Choosing.Watcher {
  private final Metrics metrics;
  private final int answers;
  private final boolean blocks;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final AtomicInteger drawn = new AtomicInteger();
  private final AtomicInteger of = new AtomicInteger();

  /// Something new.
  sealed interface News {}

  /// Not yet.
  record Nothing() implements News {}

  /// A block has been accepted.
  ///
  /// @param text all that is accepted so far
  record Block(String text) implements News {}

  /// There is an answer, or there will be none.
  record Ended() implements News {}

  Progress(Question question, Metrics metrics) {
    this.metrics = metrics;
    answers = question.choices();
    // One text that only grows can be told as it grows.
    blocks = answers == 1 && question.stop().isEmpty();
  }

  @Override
  public void drawn(Candidate candidate, int most) {
    metrics.drawn(candidate, most);
    drawn.incrementAndGet();
    of.set(most * answers);
  }

  @Override
  public void accepted(Draw answer) {
    if (blocks) answer.text().ifPresent(text -> news.add(new Block(text)));
  }

  void end() {
    news.add(new Ended());
  }

  /// Waits for something new.
  News next(long millis) throws InterruptedException {
    News next = news.poll(millis, TimeUnit.MILLISECONDS);
    return next == null ? new Nothing() : next;
  }

  /// How far the drawing is.
  String line() {
    return "topdraw drawing " + drawn.get() + "/" + Math.max(of.get(), drawn.get());
  }
}
