/// From what the operator has set to a gateway that listens.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.start;
