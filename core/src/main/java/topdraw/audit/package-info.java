/// The audit before the arithmetic: what recorded samples cannot support, found before a number is
/// computed from them. Start at [topdraw.audit.Audit].
@NullMarked
package topdraw.audit;

import org.jspecify.annotations.NullMarked;
