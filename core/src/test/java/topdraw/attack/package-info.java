@org.jspecify.annotations.NullMarked
package topdraw.attack;
