/// What is asked: files of prompts in the shapes that people write, each prompt with its key. Start
/// at [topdraw.recordings.prompts.PromptFile].
@NullMarked
package topdraw.recordings.prompts;

import org.jspecify.annotations.NullMarked;
