package topdraw.advice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The numbers of a setting, in the order in which they are read.
final class Numbers {
  private Numbers() {}

  @SafeVarargs
  static SequencedMap<String, Double> of(Map.Entry<String, Double>... numbers) {
    SequencedMap<String, Double> of = new LinkedHashMap<>();
    for (Map.Entry<String, Double> number : numbers) {
      of.put(number.getKey(), number.getValue());
    }
    return Collections.unmodifiableSequencedMap(of);
  }
}
