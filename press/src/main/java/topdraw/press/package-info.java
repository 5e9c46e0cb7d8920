/// Figures as pictures: the page's own script run without a browser, and its SVG as PNG. Optional;
/// found through [java.util.ServiceLoader] as a [topdraw.report.figure.FigurePrinter].
@NullMarked
package topdraw.press;

import org.jspecify.annotations.NullMarked;
