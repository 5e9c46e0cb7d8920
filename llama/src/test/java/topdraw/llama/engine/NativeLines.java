package topdraw.llama.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What llama.cpp says while this is open.
final class NativeLines extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("topdraw.llama.native");
  private final Level before = logger.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  NativeLines() {
    logger.setLevel(Level.FINE);
    logger.addHandler(this);
  }

  /// The sum of the buffers of that kind that it tells of, in bytes, to 0.01 MiB each.
  ///
  /// @param kind a pattern
  double buffers(String kind) {
    Pattern told = Pattern.compile("(?:" + kind + ") buffer size = +([0-9.]+) MiB");
    return lines.stream()
        .flatMap(line -> told.matcher(line).results().map((MatchResult m) -> m.group(1)))
        .mapToDouble(mebibytes -> Double.parseDouble(mebibytes) * (1 << 20))
        .sum();
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
