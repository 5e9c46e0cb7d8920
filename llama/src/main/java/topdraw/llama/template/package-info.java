/// Chat templates: the part of Jinja that models' templates are written in, interpreted with no
/// objects behind it. Start at [Template].
/// - what a template can reach is text, numbers, truth values, none, lists and maps, by the
///   filters, tests, functions and methods that this package lists by name; nothing is looked up by
///   reflection, nothing reads a file, a clock or the network;
/// - it means what it means to Jinja 3.1 as Hugging Face's `apply_chat_template` sets it up (blocks
///   trimmed, sandboxed, loop controls, `tojson` that escapes no HTML);
/// - what is not understood is a [TemplateException] that names the line, never a guess;
/// - every rendering ends: steps, depth, characters and time are bounded by [Bounds].
@NullMarked
package topdraw.llama.template;

import org.jspecify.annotations.NullMarked;
