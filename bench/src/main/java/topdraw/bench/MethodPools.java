package topdraw.bench;

import java.util.List;
import java.util.OptionalDouble;

/// Recorded draws of several prompts, as many of each, on which methods are compared.
///
/// @param name what they are called
/// @param law where they come from
/// @param passFail whether rewards are 0 and 1, so that the pass rate is what counts; else it is
///   the win rate
/// @param top the highest reward there is, where that is known
/// @param prompts the draws of each
record MethodPools(
    String name, String law, boolean passFail, OptionalDouble top, List<ScoredBeginnings> prompts) {
  MethodPools {
    prompts = List.copyOf(prompts);
  }

  int draws() {
    return prompts.getFirst().size();
  }

  /// The same prompts with some of their draws alone.
  MethodPools part(int from, int to) {
    return new MethodPools(
        name, law, passFail, top, prompts.stream().map(one -> one.part(from, to)).toList());
  }
}
