/// Where candidates come from: a model on a server, or the one in this process.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.draw;
