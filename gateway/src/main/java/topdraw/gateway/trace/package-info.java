/// What happens inside a request, told to a collector of OpenTelemetry: names, counts and times, no
/// prompt and no answer.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.trace;
