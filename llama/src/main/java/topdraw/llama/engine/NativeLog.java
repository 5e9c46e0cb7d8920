package topdraw.llama.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import topdraw.llama.file.Printable;

/// Hands llama.cpp's log lines to [System.Logger] under the name `topdraw.llama.native`.
///
/// Errors are warnings here, for every failure also reaches the caller as an exception. The rest is
/// DEBUG: llama.cpp's own warnings are about what Topdraw means to do, such as a cache shorter than
/// the model's training context.
final class NativeLog {
  private static final System.Logger LOGGER = System.getLogger("topdraw.llama.native");

  /// `GGML_LOG_LEVEL_ERROR`
  private static final int ERROR = 4;

  private NativeLog() {}

  /// A C function pointer, valid for the life of the process: llama.cpp logs to the very end.
  static MemorySegment callback(Linker linker) {
    try {
      return linker.upcallStub(
          MethodHandles.lookup()
              .findStatic(
                  NativeLog.class,
                  "log",
                  MethodType.methodType(
                      void.class, int.class, MemorySegment.class, MemorySegment.class)),
          FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS),
          Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("NativeLog.log is a method of this class", e);
    }
  }

  @SuppressWarnings("UnusedMethod") // called from native code
  private static void log(int level, MemorySegment text, MemorySegment ignored) {
    try {
      String line = text.reinterpret(1 << 16).getString(0).strip();
      if (!line.isEmpty() && !line.equals(".")) LOGGER.log(level(level), Printable.text(line));
    } catch (RuntimeException _) {
      // An exception that leaves an upcall ends the process, and a log line is not worth that.
    }
  }

  private static System.Logger.Level level(int ggml) {
    return ggml == ERROR ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG;
  }
}
