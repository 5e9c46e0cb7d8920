package topdraw.gateway.http;

import java.io.PrintStream;
import java.util.Map;
import topdraw.json.Json;

/// One line of JSON for each request: who, what, how long, how it ended. No prompt, no completion,
/// no key.
public final class RequestLog {
  private final PrintStream out;

  /// A log.
  ///
  /// @param out where lines go; stays the caller's to close
  public RequestLog(PrintStream out) {
    this.out = out;
  }

  /// Writes a line.
  ///
  /// @param entry what is logged
  void write(Map<String, Object> entry) {
    String line = Json.line(entry);
    synchronized (out) {
      out.println(line);
    }
  }
}
