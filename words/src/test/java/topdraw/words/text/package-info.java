@NullMarked
package topdraw.words.text;

import org.jspecify.annotations.NullMarked;
