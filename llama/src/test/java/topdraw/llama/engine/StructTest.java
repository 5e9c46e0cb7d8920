package topdraw.llama.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class StructTest {
  private static final Struct STRUCT = Struct.of(24).number("n", 4, -1).flag("on", 17, 1);

  private static MemorySegment written(Arena arena, int n, int on) {
    MemorySegment params = arena.allocate(STRUCT.layout());
    params.set(JAVA_INT, 4, n);
    params.set(JAVA_BYTE, 17, (byte) on);
    return params;
  }

  @Test
  void fieldsAreSetWhereTheyLieAndNowhereElse() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = written(arena, -1, 1);
      assertThat(params.byteSize()).isEqualTo(24);
      STRUCT.set(params, "n", 7);
      STRUCT.set(params, "on", 0);
      assertThat(params.mismatch(written(arena, 7, 0))).isEqualTo(-1);
      assertThatIllegalArgumentException().isThrownBy(() -> STRUCT.set(params, "no", 1));
    }
  }

  @Test
  void aLibraryWithItsFieldsElsewhereIsNoticed() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment known = written(arena, -1, 1);
      assertThat(STRUCT.checked(known, "b4916")).isSameAs(known);
      MemorySegment other = written(arena, -1, 0);
      assertThatExceptionOfType(EngineException.class)
          .isThrownBy(() -> STRUCT.checked(other, "v0.5.0"))
          .withMessage(
              "the llama.cpp library keeps on elsewhere than build v0.5.0 does; Topdraw needs that"
                  + " build");
    }
  }
}
