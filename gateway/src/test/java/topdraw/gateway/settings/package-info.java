/// The operator's file, read right and wrong.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.settings;
