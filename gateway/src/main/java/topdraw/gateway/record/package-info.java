/// What was drawn, for later: a file that `topdraw analyze` and `topdraw plan` read.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.record;
