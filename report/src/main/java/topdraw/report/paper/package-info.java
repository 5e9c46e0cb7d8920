/// The figures of the paper, from theory and from recorded draws. Start at
/// [topdraw.report.paper.TheoryFigures].
@NullMarked
package topdraw.report.paper;

import org.jspecify.annotations.NullMarked;
