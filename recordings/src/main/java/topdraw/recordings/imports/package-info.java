/// Samples that others recorded, brought into the order of their prompts; and the one door to
/// recordings of any origin. Start at [topdraw.recordings.imports.Recordings].
@NullMarked
package topdraw.recordings.imports;

import org.jspecify.annotations.NullMarked;
