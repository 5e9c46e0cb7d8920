@NullMarked
package topdraw.report.paper;

import org.jspecify.annotations.NullMarked;
