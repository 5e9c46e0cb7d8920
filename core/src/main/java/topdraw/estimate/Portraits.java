package topdraw.estimate;

import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The portraits of the first prompts by position, as many as are ever shown.
final class Portraits implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MOST = 1_000;

  private final TreeMap<Long, Portrait> byPosition = new TreeMap<>();

  void add(long position, @Nullable Portrait portrait) {
    if (portrait != null && (byPosition.size() < MOST || position < byPosition.lastKey())) {
      byPosition.put(position, portrait);
      if (byPosition.size() > MOST) {
        byPosition.pollLastEntry();
      }
    }
  }

  void addAll(Portraits others) {
    others.byPosition.forEach(this::add);
  }

  /// The portraits by prompt, in the order of their positions.
  ///
  /// @param positions of all prompts
  Map<Integer, Portrait> among(long[] positions) {
    var prompts = new HashMap<Long, Integer>();
    for (int prompt = 0; prompt < positions.length; prompt++) {
      if (byPosition.containsKey(positions[prompt])) {
        prompts.put(positions[prompt], prompt);
      }
    }
    var byPrompt = new LinkedHashMap<Integer, Portrait>();
    byPosition.forEach((position, portrait) -> byPrompt.put(prompts.get(position), portrait));
    return byPrompt;
  }
}
