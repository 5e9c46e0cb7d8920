/// Choosing one completion among draws from the reference policy: the procedures whose laws are in
/// [topdraw.theory.law.Law]. Start at [topdraw.selection.Selector].
@NullMarked
package topdraw.selection;

import org.jspecify.annotations.NullMarked;
