@NullMarked
package topdraw.gateway.ledger;

import org.jspecify.annotations.NullMarked;
