/// The console: a page that shows an answer as it is chosen, and what the gateway has spent. What
/// the page is made of and what it is told; the wire is in `http`.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.console;
