package topdraw.gateway.choose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import topdraw.gateway.question.Method;
import topdraw.gateway.question.Options;

/// What is said of how an answer is chosen, and the method has no use for.
public final class Unheard {
  private Unheard() {}

  /// Says which options a method does not look at.
  ///
  /// @param method how the answer is chosen
  /// @param said what somebody says of it
  /// @return a line for a person; empty where all is looked at
  public static Optional<String> warning(Method method, Options said) {
    List<String> names = names(method, said);
    if (names.isEmpty()) return Optional.empty();
    String all =
        names.size() == 1
            ? names.getFirst() + " is"
            : String.join(", ", names.subList(0, names.size() - 1))
                + " and "
                + names.getLast()
                + " are";
    return Optional.of(
        method == Method.PASSTHROUGH
            ? "this is the model's own answer, one draw (passthrough): "
                + all
                + " not looked at; name another model here, or a method"
            : all + " not looked at by " + method.word());
  }

  private static List<String> names(Method method, Options said) {
    boolean one = method == Method.PASSTHROUGH;
    boolean random = method == Method.POISSON;
    boolean stops = method == Method.EARLY_STOP || method == Method.REWIND;
    List<String> names = new ArrayList<>();
    if (one ? said.n().orElse(1) > 1 : random || method == Method.REWIND) {
      said.n().ifPresent(n -> names.add("n"));
    }
    if (one) said.reward().ifPresent(reward -> names.add("reward"));
    if (!stops) said.threshold().ifPresent(reward -> names.add("threshold"));
    // Elsewhere it takes the place of an n that is not said.
    if (one || random || (method != Method.REWIND && said.n().isPresent())) {
      said.maxDraws().ifPresent(most -> names.add("max_draws"));
    }
    if (method != Method.SOFT) said.temperature().ifPresent(t -> names.add("temperature"));
    if (!random) said.mean().ifPresent(mean -> names.add("mean"));
    if (method != Method.BLOCKWISE) said.blockTokens().ifPresent(b -> names.add("block_tokens"));
    return names;
  }
}
