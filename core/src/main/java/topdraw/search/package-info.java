/// Attacks on claims: random tables, then the worst of them made worse. Start at
/// [topdraw.search.CounterexampleSearch].
@NullMarked
package topdraw.search;

import org.jspecify.annotations.NullMarked;
