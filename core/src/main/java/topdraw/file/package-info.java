/// Files that are whole or are not there, and what is only needed for a while. Start at
/// [topdraw.file.WholeFiles] for what stays, at [topdraw.file.Scratch] for what does not.
@NullMarked
package topdraw.file;

import org.jspecify.annotations.NullMarked;
