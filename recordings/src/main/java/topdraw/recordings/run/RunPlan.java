package topdraw.recordings.run;

/// Where every line of a run belongs: round by round, in each round prompt by prompt, of each
/// prompt `n` completions, a *batch*. Whoever asks for more batches asks for more rounds, so a
/// longer run begins with the bytes of a shorter one, and the number of lines says where to go on.
///
/// @param prompts prompts of the run
/// @param n completions of a batch
/// @param batches rounds
record RunPlan(int prompts, int n, int batches) {
  static RunPlan of(RunManifest manifest) {
    return new RunPlan(manifest.prompts(), manifest.settings().n(), manifest.batches());
  }

  /// How many batches the finished run has.
  long size() {
    return (long) prompts * batches;
  }

  /// The position in the prompt file of a batch's prompt.
  int prompt(long batch) {
    return (int) (batch % prompts);
  }

  /// The index of a batch's first completion.
  int firstIndex(long batch) {
    return Math.toIntExact(batch / prompts * n);
  }

  /// The batch that holds a round of a prompt.
  long batch(int prompt, int round) {
    return (long) round * prompts + prompt;
  }
}
