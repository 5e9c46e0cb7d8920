/// One draw from a reference policy, from the engine to the recording to the analysis: what was
/// asked, what came, what is known of its probability, how it was scored. Start at
/// [topdraw.draw.Draw].
///
/// Nothing here is cleaned and nothing is made up: a number that cannot be a log-probability stays
/// as it was recorded, so that an audit can see it, and what is not known says so by its type.
@NullMarked
package topdraw.draw;

import org.jspecify.annotations.NullMarked;
