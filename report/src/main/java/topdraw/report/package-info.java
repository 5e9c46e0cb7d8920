/// Figures and pages, from findings: records in, one self-contained HTML page out. Start at
/// [topdraw.report.ReportPage].
///
/// A curve is indexed by n, the completions drawn: its first value belongs to n = 1. Divergences
/// are in nats, win rates are probabilities. Nothing here draws, scores or estimates.
@NullMarked
package topdraw.report;

import org.jspecify.annotations.NullMarked;
