@org.jspecify.annotations.NullMarked
package topdraw.input;
