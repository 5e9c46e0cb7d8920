/// The gateway on the wire: routes, keys, limits, streams, errors, metrics.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.http;
