/// An answer out of candidates: drawn side by side, scored, chosen, the others given up.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.choose;
