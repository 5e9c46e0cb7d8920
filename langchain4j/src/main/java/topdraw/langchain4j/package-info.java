/// Best-of-n as a model of LangChain4j. Start at [BestOfNChatModel].
@org.jspecify.annotations.NullMarked
package topdraw.langchain4j;
