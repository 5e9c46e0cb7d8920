package topdraw.recordings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;
import topdraw.reward.RewardIdentity;
import topdraw.reward.Score;
import topdraw.sample.LogProbabilityMeaning;
import topdraw.sample.Place;
import topdraw.sample.PromptSamples;
import topdraw.sample.Sample;
import topdraw.selection.Candidate;

/// A run of ours, with the scores added to it later.
record RunRecording(Path folder, RunReader reader) implements Recording {

  static RunRecording open(Path folder) throws IOException {
    return new RunRecording(folder, RunReader.open(folder));
  }

  @Override
  public void forEach(Consumer<PromptSamples> prompts) {
    try (Stream<RecordedPrompt> all = reader.stream()) {
      all.filter(p -> !p.candidates().isEmpty())
          .forEach(
              p ->
                  prompts.accept(
                      new PromptSamples(
                          p.key(),
                          p.prompt(),
                          p.candidates().stream().map(c -> sample(p, c)).toList())));
    }
  }

  private Sample sample(RecordedPrompt prompt, Candidate candidate) {
    var completion = candidate.completion();
    Map<String, Double> rewards = new LinkedHashMap<>();
    for (int r = 0; r < candidate.scores().size(); r++) {
      if (candidate.scores().get(r) instanceof Score.Value(double value)) {
        rewards.put(reader.rewards().get(r).name(), value);
      }
    }
    return new Sample(
        Arrays.toString(completion.tokens()),
        Optional.of(completion.text()),
        OptionalDouble.of(completion.logProbability()),
        LogProbabilityMeaning.EXACT,
        rewards,
        OptionalDouble.of(completion.length()),
        OptionalDouble.empty(),
        Optional.of(completion.finishReason().word()),
        Optional.empty(),
        Optional.empty(),
        Place.of(
            folder
                + ", "
                + prompt.label().orElse(prompt.key())
                + ", sample "
                + completion.index()));
  }

  @Override
  public List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(List.of(folder.resolve(RunManifest.FILE)));
    files.add(folder.resolve(RunFolder.SAMPLES));
    files.addAll(ScoreFile.paths(folder));
    return files;
  }

  @Override
  public List<String> rewards() {
    return reader.rewards().stream().map(RewardIdentity::name).distinct().toList();
  }

  @Override
  public List<String> columns() {
    return List.of();
  }

  @Override
  public BadRows bad() {
    return new BadRows(0, List.of());
  }

  @Override
  public Map<String, String> provenance() {
    RunSettings settings = reader.manifest().settings();
    Map<String, String> words = new LinkedHashMap<>();
    words.put("run", reader.manifest().id());
    words.put("model", settings.model());
    words.put("seed", Long.toString(settings.seed()));
    words.put("sampling", settings.provenance().sampling().words());
    words.put("drawn at", reader.manifest().started());
    words.putAll(settings.fingerprint());
    return words;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
