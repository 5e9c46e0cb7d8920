/// What an operator sets, read from one file and checked line by line.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.settings;
