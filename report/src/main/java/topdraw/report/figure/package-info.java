/// What is drawn, as values: curves, regions, axes, plots. Pages, pictures and tables are made from
/// a [topdraw.report.figure.Figure]: start there.
@NullMarked
package topdraw.report.figure;

import org.jspecify.annotations.NullMarked;
