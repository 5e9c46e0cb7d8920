/// What callers ask, read from the bodies of OpenAI's interface and checked.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.question;
