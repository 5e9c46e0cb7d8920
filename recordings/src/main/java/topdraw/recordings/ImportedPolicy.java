package topdraw.recordings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import topdraw.reference.Completion;
import topdraw.reference.FinishReason;
import topdraw.reference.Prompt;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.sample.InputFile;
import topdraw.sample.LogProbabilityMeaning;
import topdraw.sample.PromptSamples;
import topdraw.sample.Sample;

/// Replays what other programs recorded as a reference policy: draw `i` of a prompt is its `i`-th
/// sample. It holds the recording in memory, and never draws anything new.
///
/// What others record has texts and sums, not tokens. So a completion stands for one token, whose
/// log-probability is the completion's; a reward by length in tokens finds all equal. The policy is
/// the distribution that was sampled from, as it is. For a run of ours [RecordedPolicy] has the
/// tokens.
public final class ImportedPolicy implements ReferencePolicy {
  private final Map<String, PromptSamples> byPrompt;
  private final Provenance provenance;

  private ImportedPolicy(Map<String, PromptSamples> byPrompt, Provenance provenance) {
    this.byPrompt = byPrompt;
    this.provenance = provenance;
  }

  /// Reads a recording for replay.
  ///
  /// @param recording samples of any origin; may be closed afterwards
  /// @return the policy
  /// @throws IOException if it cannot be read
  public static ImportedPolicy of(Recording recording) throws IOException {
    Map<String, PromptSamples> byPrompt = new HashMap<>();
    recording.forEach(
        prompt -> byPrompt.merge(prompt.prompt().key(), prompt, ImportedPolicy::together));
    Map<String, String> fingerprint = new LinkedHashMap<>();
    for (Path file : recording.files()) {
      fingerprint.put(file.toString(), "sha256:" + InputFile.of(file).sha256());
    }
    return new ImportedPolicy(
        byPrompt, new Provenance("recorded samples", fingerprint, Sampling.plain(1), 0));
  }

  private static PromptSamples together(PromptSamples one, PromptSamples other) {
    List<Sample> samples = new ArrayList<>(one.samples());
    samples.addAll(other.samples());
    return new PromptSamples(one.key(), one.prompt(), samples);
  }

  @Override
  public List<Completion> draw(Prompt prompt, int first, int count, DrawProgress progress) {
    refusal(prompt)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException("\"" + prompt.display() + "\": " + why);
            });
    PromptSamples recorded = Objects.requireNonNull(byPrompt.get(prompt.key()));
    List<Sample> samples = recorded.samples();
    if (first + count > samples.size()) {
      throw new IllegalArgumentException(
          "the recording has %d completions of \"%s\", was asked for number %d"
              .formatted(samples.size(), prompt.display(), first + count));
    }
    int[] outcomes = recorded.outcomes();
    List<Completion> completions =
        IntStream.range(first, first + count)
            .mapToObj(i -> completion(i, samples.get(i), outcomes[i]))
            .toList();
    progress.drawn(count, count);
    return completions;
  }

  private static Completion completion(int i, Sample sample, int outcome) {
    return new Completion(
        i,
        sample.text().orElseThrow(),
        new int[] {outcome},
        new double[] {sample.usableLogProbability().orElseThrow()},
        sample.cut() ? FinishReason.LENGTH : FinishReason.STOP);
  }

  /// {@inheritDoc}
  ///
  /// A prompt is refused where the recording has none such, and where a sample of it has no text or
  /// no log-probability of the distribution sampled from.
  @Override
  public Optional<String> refusal(Prompt prompt) {
    PromptSamples recorded = byPrompt.get(prompt.key());
    if (recorded == null) {
      return Optional.of("the recording has no such prompt");
    }
    return recorded.samples().stream()
        .flatMap(sample -> lack(sample).stream().map(lack -> sample.place() + " has no " + lack))
        .findFirst();
  }

  private static Optional<String> lack(Sample sample) {
    if (sample.text().isEmpty()) {
      return Optional.of("text");
    }
    return sample.usableLogProbability().isPresent()
            && sample.meaning() == LogProbabilityMeaning.EXACT
        ? Optional.empty()
        : Optional.of(
            "log-probability known to be that of the distribution sampled from; where it is, say so"
                + " in the mapping");
  }

  /// How many completions every prompt has: a round asks for no more.
  @Override
  public int width() {
    return byPrompt.values().stream().mapToInt(p -> p.samples().size()).min().orElse(1);
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  /// Nothing to let go of.
  @Override
  public void close() {}
}
