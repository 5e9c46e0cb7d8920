/// Where completions come from: prompts, the reference policy, and what it draws. Start at
/// [topdraw.reference.ReferencePolicy].
///
/// Log-probabilities are natural logarithms, under the reference policy *as it is sampled*
/// (temperature and truncation included, the end token's term too).
@NullMarked
package topdraw.reference;

import org.jspecify.annotations.NullMarked;
