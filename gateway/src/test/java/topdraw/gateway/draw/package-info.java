/// Tests of where candidates come from.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.draw;
