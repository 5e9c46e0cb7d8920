/// Tests of answers on the wire.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.answer;
