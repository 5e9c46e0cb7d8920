package topdraw.llama.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A structure of `llama.h` in one build: its size, and where the fields that Topdraw sets or knows
/// lie, each with the value that llama.cpp itself gives it.
///
/// Every one is larger than 16 bytes, so every calling convention in use passes it in memory and a
/// run of longs of the same size is as good as the real thing. The offsets were read from the
/// header; [#checked] holds them against the default values that the library writes, so another
/// build's layout is noticed before anything is poked.
///
/// @param bytes its size, a multiple of 8
/// @param fields by their names in the header
record Struct(int bytes, Map<String, Field> fields) {
  /// `GGML_TYPE_F16`, the type of the keys and values that llama.cpp keeps by default.
  static final int F16 = 1;

  Struct {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /// A field.
  ///
  /// @param offset in bytes
  /// @param flag whether it is a `bool` or a byte, else it is an `int32_t` or an enumeration
  /// @param usual the library's own value
  record Field(long offset, boolean flag, int usual) {
    private int in(MemorySegment struct) {
      return flag ? struct.get(JAVA_BYTE, offset) : struct.get(JAVA_INT, offset);
    }
  }

  static Struct of(int bytes) {
    return new Struct(bytes, Map.of());
  }

  Struct number(String name, long offset, int usual) {
    return with(name, new Field(offset, false, usual));
  }

  Struct flag(String name, long offset, int usual) {
    return with(name, new Field(offset, true, usual));
  }

  private Struct with(String name, Field field) {
    Map<String, Field> more = new LinkedHashMap<>(fields);
    more.put(name, field);
    return new Struct(bytes, more);
  }

  MemoryLayout layout() {
    return MemoryLayout.structLayout(MemoryLayout.sequenceLayout(bytes / 8, JAVA_LONG));
  }

  /// Holds the offsets against the library's own defaults.
  ///
  /// @param params as a `*_default_params` of the library wrote them
  /// @param build whose structure this is
  /// @return the same
  MemorySegment checked(MemorySegment params, String build) {
    fields.forEach(
        (name, field) -> {
          if (field.in(params) != field.usual) {
            throw new EngineException(
                "the llama.cpp library keeps %s elsewhere than build %s does; Topdraw needs that build"
                    .formatted(name, build));
          }
        });
    return params;
  }

  void set(MemorySegment params, String name, int value) {
    Field field = fields.get(name);
    if (field == null) throw new IllegalArgumentException("no field " + name);
    if (field.flag) params.set(JAVA_BYTE, field.offset, (byte) value);
    else params.set(JAVA_INT, field.offset, value);
  }
}
