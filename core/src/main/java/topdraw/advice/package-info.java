/// What recorded draws advise beyond the curve: forecasts, when to give no answer, how far a judge
/// may be trusted, where to spend draws. Start at [Advice].
@NullMarked
package topdraw.advice;

import org.jspecify.annotations.NullMarked;
