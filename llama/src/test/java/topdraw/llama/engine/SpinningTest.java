package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
class SpinningTest {
  private static String variable(String name) throws Throwable {
    Linker linker = Linker.nativeLinker();
    MemorySegment getenv = linker.defaultLookup().find("getenv").orElseThrow();
    try (Arena arena = Arena.ofConfined()) {
      var value =
          (MemorySegment)
              linker
                  .downcallHandle(
                      getenv, FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                  .invokeExact(arena.allocateFrom(name));
      return value.equals(MemorySegment.NULL)
          ? "unset"
          : value.reinterpret(Integer.MAX_VALUE).getString(0);
    }
  }

  @Test
  void threadsTurnAShortWhileUnlessTheUserSaysOtherwise() throws Throwable {
    String before = variable(Spinning.VARIABLE);
    Spinning.limit(Map.of(Spinning.VARIABLE, "7"));
    Spinning.limit(Map.of("OMP_WAIT_POLICY", "active"));
    assertThat(variable(Spinning.VARIABLE)).isEqualTo(before);
    Spinning.limit(Map.of());
    assertThat(variable(Spinning.VARIABLE)).isEqualTo(before.equals("unset") ? "200" : before);
  }
}
