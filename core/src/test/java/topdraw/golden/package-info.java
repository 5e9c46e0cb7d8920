/// Findings worked out a second way, by `tools/golden`, and the program's own beside them. Start at
/// [topdraw.golden.GoldenFindingsTest]; what the program offers is turned into
/// [topdraw.golden.Line]s in [topdraw.golden.CoreFindings] alone.
@NullMarked
package topdraw.golden;

import org.jspecify.annotations.NullMarked;
