@NullMarked
package topdraw.recordings.prompts;

import org.jspecify.annotations.NullMarked;
