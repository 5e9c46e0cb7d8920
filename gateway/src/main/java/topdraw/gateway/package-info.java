/// Best-of-n in front of any model, behind the interface of OpenAI: a question comes in, candidates
/// are drawn, one is chosen, its drift is counted, the answer goes out. [topdraw.gateway.Gateway]
/// is the walk, `http` the wire around it.
@org.jspecify.annotations.NullMarked
package topdraw.gateway;
