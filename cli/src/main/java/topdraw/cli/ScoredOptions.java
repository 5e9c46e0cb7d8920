package topdraw.cli;

import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// What is said of files of recorded samples that are scored: of their log-probabilities what they
/// are, or that they are to be looked at again.
final class ScoredOptions extends RowOptions {
  private static final String POLICY = "policy";
  private static final String AGAIN = "";

  @Option(
      names = "--log-p",
      arity = "0..1",
      paramLabel = POLICY,
      parameterConsumer = Consumer.class,
      description =
          "Add the samples' log-probabilities where they have none, and compare those that they have,"
              + " by the model on --server: llama.cpp's server or vLLM. With 'policy' say that those of"
              + " files are of the distribution sampled from, end token included.")
  private @Nullable String logP;

  /// Takes the word that means something, and leaves what is named next alone.
  static final class Consumer implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> args, ArgSpec option, CommandSpec command) {
      option.setValue(!args.isEmpty() && args.peek().equals(POLICY) ? args.pop() : AGAIN);
    }
  }

  /// Whether log-probabilities are asked for.
  boolean again() {
    return AGAIN.equals(logP);
  }

  @Override
  boolean policy() {
    return POLICY.equals(logP);
  }
}
