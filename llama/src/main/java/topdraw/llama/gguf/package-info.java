/// The header of a GGUF file, checked in Java before native code sees the file. Start at
/// [GgufHeader].
@NullMarked
package topdraw.llama.gguf;

import org.jspecify.annotations.NullMarked;
