package topdraw.recordings.prompts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Prompt;
import topdraw.reference.Request;

/// A prompt in its place in a prompt file.
///
/// A prompt that stands in the file `m` times shares its draws out in turn: completion `i` of its
/// occurrence `o` is draw `i·m + o`. So equal prompts never get the same completions, and a longer
/// run changes nobody's.
///
/// @param key the prompt's key; from the second occurrence on with `#2`, `#3`, …
/// @param label the name its line gives it
/// @param prompt what is asked
/// @param occurrence how many equal prompts stand before it
/// @param occurrences how many equal prompts the file holds, this one included
public record RunPrompt(
    String key, Optional<String> label, Prompt prompt, int occurrence, int occurrences) {

  /// What to ask for a completion of this prompt.
  ///
  /// @param i the completion's index, from 0
  /// @return the request
  /// @throws ArithmeticException if there are more than 2³¹ draws
  public Request request(int i) {
    return new Request(prompt, drawIndex(i));
  }

  /// Which draw of the policy a completion of this prompt is.
  ///
  /// @param i the completion's index, from 0
  /// @return the index of its draw
  /// @throws ArithmeticException if there are more than 2³¹ draws
  public int drawIndex(int i) {
    return Math.addExact(Math.multiplyExact(i, occurrences), occurrence);
  }

  /// Gives prompts their keys.
  ///
  /// @param asked the prompts, in the order of their file
  /// @return the same prompts, each knowing its occurrence
  static List<RunPrompt> of(List<PromptShape.Asked> asked) {
    List<String> keys = asked.stream().map(one -> one.prompt().key()).toList();
    Map<String, Integer> total = new HashMap<>();
    keys.forEach(key -> total.merge(key, 1, Integer::sum));
    Map<String, Integer> met = new HashMap<>();
    List<RunPrompt> prompts = new ArrayList<>(asked.size());
    for (int p = 0; p < keys.size(); p++) {
      String key = keys.get(p);
      int occurrence = met.merge(key, 1, Integer::sum) - 1;
      prompts.add(
          new RunPrompt(
              occurrence == 0 ? key : key + "#" + (occurrence + 1),
              asked.get(p).label(),
              asked.get(p).prompt(),
              occurrence,
              total.getOrDefault(key, 1)));
    }
    return List.copyOf(prompts);
  }
}
