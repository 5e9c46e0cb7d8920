package topdraw.estimate;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/// Something asked of recorded draws, as far as each prompt is concerned: the numbers it takes of
/// one. What it makes of the numbers of all is asked of their [Measurements], at a confidence.
public interface Question extends Serializable {

  /// The rewards whose scores it uses.
  ///
  /// @return their names, the one that selects first
  List<String> rewards();

  /// Takes the numbers of one prompt: the same ones whenever it is asked.
  ///
  /// @param prompt the prompt
  /// @return the numbers, NaN where the draws cannot say; none at all if the prompt says nothing
  double[] measure(PromptView prompt);

  /// What a picture of the prompt shows beside its numbers.
  ///
  /// @param prompt the prompt
  /// @return the portrait; empty where nothing is to be shown
  default Optional<Portrait> portrait(PromptView prompt) {
    return Optional.empty();
  }
}
