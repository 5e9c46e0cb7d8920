/// How rewards and reference policies are found by the names that people ask for. Start at
/// [topdraw.provider.Provider].
@NullMarked
package topdraw.provider;

import org.jspecify.annotations.NullMarked;
