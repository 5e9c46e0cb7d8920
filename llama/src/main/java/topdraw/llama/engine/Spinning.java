package topdraw.llama.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/// How long the engine's threads turn round at a barrier before they sleep.
///
/// GNU's OpenMP lets them turn for milliseconds, which on a busy machine takes the processor from
/// the very thread that they wait for. A short while loses nothing on an idle one. OpenMP reads its
/// environment when it is loaded, so this has to come first, from a program that calls us too.
final class Spinning {
  /// Turns of the loop; a few microseconds.
  static final String TURNS = "200";

  static final String VARIABLE = "GOMP_SPINCOUNT";

  private Spinning() {}

  /// Limits the turns, unless the user said how threads shall wait.
  ///
  /// @param environment the variables of this process
  static void limit(Map<String, String> environment) {
    if (environment.containsKey(VARIABLE) || environment.containsKey("OMP_WAIT_POLICY")) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    // Windows has no such call, and no such OpenMP.
    linker
        .defaultLookup()
        .find("setenv")
        .ifPresent(address -> set(linker, address, VARIABLE, TURNS));
  }

  private static void set(Linker linker, MemorySegment setenv, String name, String value) {
    FunctionDescriptor shape =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      int _ =
          (int)
              linker
                  .downcallHandle(setenv, shape)
                  .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
