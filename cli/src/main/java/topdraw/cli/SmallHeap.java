package topdraw.cli;

/// Keeps what Java takes near to what is in use, as long as it is open. The serial collector
/// enlarges the old generation whenever something there finds no room, and collects it only where
/// it may not be enlarged: left alone it takes all that Java may, most of it for what is left. Here
/// it is collected whenever use has grown by a third and some more.
final class SmallHeap implements AutoCloseable {
  /// What may come to be used before anything is collected, in bytes: twice what is young.
  private static final long SLACK = 32L << 20;

  /// A collection takes longer than that, and arrays of millions of numbers are filled in it.
  private static final long MILLISECONDS = 10;

  private final Thread keeper = Thread.ofPlatform().daemon().name("heap").start(SmallHeap::keep);

  private SmallHeap() {}

  static SmallHeap open() {
    return new SmallHeap();
  }

  private static void keep() {
    long most = SLACK;
    try {
      while (true) {
        Thread.sleep(MILLISECONDS);
        if (used() > most) {
          System.gc();
          most = used() + Math.max(SLACK, used() / 8);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it was closed
    }
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Override
  public void close() {
    keeper.interrupt();
  }
}
