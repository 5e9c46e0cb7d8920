/// Findings and what is made of them as JSON: maps in the order of their fields, ready for
/// [topdraw.json.Json#line]. `docs/findings.md` is the reference. Start at
/// [topdraw.words.json.FindingJson] and [topdraw.words.json.Document].
@NullMarked
package topdraw.words.json;

import org.jspecify.annotations.NullMarked;
