package topdraw.theory.confidence;

/// How many of a sample of `draws` succeed, out of `size` of which `successes` do: ratios outwards
/// from the likeliest number, so that no factorial is needed.
///
/// @param first the least number
/// @param chances the chance of each number from `first` on; they sum to 1
record Hypergeometric(int first, double[] chances) {
  static Hypergeometric of(int size, int successes, int draws) {
    int least = Math.max(0, draws - (size - successes));
    int most = Math.min(draws, successes);
    int mode = (int) Math.clamp((draws + 1L) * (successes + 1L) / (size + 2L), least, (long) most);
    var chances = new double[most - least + 1];
    chances[mode - least] = 1;
    double total = 1;
    for (int j = mode; j < most; j++) {
      chances[j + 1 - least] =
          chances[j - least]
              * ((double) (successes - j) / (j + 1))
              * ((double) (draws - j) / (size - successes - draws + j + 1));
      total += chances[j + 1 - least];
    }
    for (int j = mode; j > least; j--) {
      chances[j - 1 - least] =
          chances[j - least]
              * ((double) j / (successes - j + 1))
              * ((double) (size - successes - draws + j) / (draws - j + 1));
      total += chances[j - 1 - least];
    }
    for (int i = 0; i < chances.length; i++) {
      chances[i] /= total;
    }
    return new Hypergeometric(least, chances);
  }
}
