@NullMarked
package topdraw.report.page;

import org.jspecify.annotations.NullMarked;
