/// Tests of the quickstart's findings and words.
@NullMarked
package topdraw.report.quickstart;

import org.jspecify.annotations.NullMarked;
