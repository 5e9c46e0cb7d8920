package topdraw.llama;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/// An engine's thread that does nothing until it is let go, so that a test knows what waits.
final class Held {
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  private Held() {}

  /// Holds the thread that an engine does other things on.
  static Held of(Executor engine, ExecutorService threads) throws InterruptedException {
    var held = new Held();
    threads.execute(() -> engine.execute(held::hold));
    held.held.await();
    return held;
  }

  private void hold() {
    held.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void release() {
    released.countDown();
  }
}
