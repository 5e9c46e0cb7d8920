/// Where completions come from: the reference policy, what it is asked and what it answers. Start
/// at [topdraw.reference.ReferencePolicy].
///
/// Log-probabilities are natural logarithms, under the reference policy *as it is sampled*
/// (temperature and truncation included, the end token's term too).
@NullMarked
package topdraw.reference;

import org.jspecify.annotations.NullMarked;
