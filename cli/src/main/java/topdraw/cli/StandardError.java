package topdraw.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// The standard error that the launcher was given. While Java starts, the launcher leaves out one
/// line of it; from then on nobody stands between the program and the terminal.
final class StandardError {
  /// Names the file descriptor that the launcher keeps for us.
  private static final String KEPT = "topdraw.stderr";

  private static final int STDERR = 2;

  private StandardError() {}

  /// Takes it back, where the launcher keeps it. Children inherit it as they would any.
  static void takeBack() {
    Integer kept = Integer.getInteger(KEPT);
    if (kept == null) return;
    if (call("dup2", kept, STDERR) == STDERR) call("close", kept);
  }

  private static int call(String name, int... arguments) {
    Linker linker = Linker.nativeLinker();
    MemorySegment address = linker.defaultLookup().findOrThrow(name);
    var words = new ValueLayout.OfInt[arguments.length];
    Arrays.fill(words, ValueLayout.JAVA_INT);
    try {
      return (int)
          linker
              .downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, words))
              .invokeWithArguments(Arrays.stream(arguments).boxed().toArray());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
