@NullMarked
package topdraw.gateway.settings;

import org.jspecify.annotations.NullMarked;
