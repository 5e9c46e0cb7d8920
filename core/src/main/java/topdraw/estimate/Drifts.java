package topdraw.estimate;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import topdraw.theory.pool.KlFromProbabilities;
import topdraw.theory.pool.PromptKl;

/// The KL divergence of one prompt, estimated at all n of a grid at once when it is asked for at
/// one.
final class Drifts {
  private final Supplier<KlFromProbabilities> maker;

  /// Of more draws it is large, and what it says is small: whenever memory is collected it goes,
  /// and is made again if more is asked.
  private static final int FEW = 1 << 16;

  private @Nullable KlFromProbabilities few;
  private @Nullable WeakReference<KlFromProbabilities> many;

  private @Nullable Known levels;
  private @Nullable Known probabilities;

  private record Known(int[] asked, List<PromptKl> each) {
    PromptKl at(int n) {
      int i = 0;
      while (asked[i] != n) {
        i++;
      }
      return each.get(i);
    }
  }

  Drifts(Supplier<KlFromProbabilities> pool) {
    maker = pool;
  }

  KlFromProbabilities pool() {
    KlFromProbabilities known = many == null ? few : many.get();
    if (known == null) {
      known = maker.get();
      if (known.levels().draws() <= FEW) {
        few = known;
      } else {
        many = new WeakReference<>(known);
      }
    }
    return known;
  }

  /// From equal rewards alone.
  ///
  /// @param asked all `n` that may be asked for, in rising order
  PromptKl fromLevels(int n, int... asked) {
    Known now = levels;
    if (now == null || !Arrays.equals(now.asked, asked)) {
      now = new Known(asked, PromptKl.of(pool().levels(), asked));
      levels = now;
    }
    return now.at(n);
  }

  /// From equal rewards and log-probabilities.
  ///
  /// @param asked all `n` that may be asked for, in rising order
  PromptKl fromProbabilities(int n, int... asked) {
    Known now = probabilities;
    if (now == null || !Arrays.equals(now.asked, asked)) {
      now = new Known(asked, PromptKl.of(pool(), asked));
      probabilities = now;
    }
    return now.at(n);
  }
}
