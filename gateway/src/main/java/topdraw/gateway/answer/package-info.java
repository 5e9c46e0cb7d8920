/// The answer in the words of OpenAI's interface, whole or streamed, with what is known of it.
@org.jspecify.annotations.NullMarked
package topdraw.gateway.answer;
