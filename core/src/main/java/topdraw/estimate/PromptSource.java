package topdraw.estimate;

import java.util.function.Consumer;
import topdraw.draw.PromptDraws;

/// Where the draws of many prompts come from, one prompt after the other.
///
/// @param <E> what goes wrong in the reading
@FunctionalInterface
public interface PromptSource<E extends Exception> {
  /// Goes through all prompts.
  ///
  /// @param each takes each of them
  /// @throws E if the reading goes wrong
  void forEach(Consumer<PromptDraws> each) throws E;
}
