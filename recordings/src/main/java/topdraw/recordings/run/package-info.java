/// A run: a folder that anyone can read in ten years (`docs/recordings.md`). Start at
/// [topdraw.recordings.run.RunFolder] to write one, at [topdraw.recordings.run.RunReader] to read
/// one.
///
/// What is written depends on the run's settings alone: lines have one order, carry no clock, and a
/// writer that died is mended when the run is opened again.
@NullMarked
package topdraw.recordings.run;

import org.jspecify.annotations.NullMarked;
