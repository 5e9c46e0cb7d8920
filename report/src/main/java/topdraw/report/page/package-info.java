/// Pages: one self-contained HTML file each, of sections. Start at
/// [topdraw.report.page.AnalysisOutput]; [topdraw.report.page.ReportPage] is the quickstart's and
/// [topdraw.report.page.FigurePage] that of figures. A new section is a class here, and a line in
/// its page.
@NullMarked
package topdraw.report.page;

import org.jspecify.annotations.NullMarked;
