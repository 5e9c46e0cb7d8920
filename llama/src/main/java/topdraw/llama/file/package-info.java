/// Models' files and the library's: where they lie, their hashes, and what goes wrong with them in
/// words that any terminal can show. Start at [ModelFile].
@NullMarked
package topdraw.llama.file;

import org.jspecify.annotations.NullMarked;
