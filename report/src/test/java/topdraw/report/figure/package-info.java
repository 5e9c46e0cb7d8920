@NullMarked
package topdraw.report.figure;

import org.jspecify.annotations.NullMarked;
