@org.jspecify.annotations.NullMarked
package topdraw.gateway.console;
