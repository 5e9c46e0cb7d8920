/// What the quickstart found, and its report. Start at
/// [topdraw.report.quickstart.QuickstartFindings].
@NullMarked
package topdraw.report.quickstart;

import org.jspecify.annotations.NullMarked;
