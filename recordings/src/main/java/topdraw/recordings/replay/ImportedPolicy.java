package topdraw.recordings.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.draw.Draw;
import topdraw.draw.InputFile;
import topdraw.draw.Scores;
import topdraw.recordings.Recording;
import topdraw.reference.Answer;
import topdraw.reference.Capabilities;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Request;
import topdraw.reference.Sampling;

/// Replays what other programs recorded as a reference policy: draw `i` of a prompt is its `i`-th
/// draw in the recording, with what that knows of it and nothing else. It holds the recording in
/// memory, and never draws anything new. Prompts of which only the name is recorded cannot be asked
/// for.
///
/// The policy is the distribution that was sampled from, as it is. A run of ours is replayed from
/// disk by [RecordedPolicy].
public final class ImportedPolicy implements ReferencePolicy {
  private final Map<String, List<Draw>> byPrompt;
  private final Provenance provenance;

  private ImportedPolicy(Map<String, List<Draw>> byPrompt, Provenance provenance) {
    this.byPrompt = byPrompt;
    this.provenance = provenance;
  }

  /// Reads a recording for replay.
  ///
  /// @param recording samples of any origin; may be closed afterwards
  /// @return the policy
  /// @throws IOException if it cannot be read
  public static ImportedPolicy of(Recording recording) throws IOException {
    Map<String, List<Draw>> byPrompt = new HashMap<>();
    recording.forEach(
        prompt ->
            prompt
                .prompt()
                .ifPresent(
                    asked ->
                        byPrompt
                            .computeIfAbsent(asked.key(), first -> new ArrayList<>())
                            .addAll(prompt.draws())));
    Map<String, String> fingerprint = new LinkedHashMap<>();
    for (Path file : recording.files()) {
      fingerprint.put(file.toString(), "sha256:" + InputFile.of(file).sha256());
    }
    return new ImportedPolicy(
        byPrompt, new Provenance("recorded samples", fingerprint, Sampling.plain(1), 0));
  }

  @Override
  public void drawAll(Iterator<Request> requests, Answers answers) {
    ReferencePolicy.oneByOne(requests, answers, this::answer);
  }

  private Answer answer(Request request) {
    List<Draw> recorded = byPrompt.get(request.prompt().key());
    if (recorded == null) {
      return new Answer.Refused("the recording has no such prompt");
    }
    if (request.index() >= recorded.size()) {
      return new Answer.Refused(
          "the recording has %d completions of \"%s\", was asked for number %d"
              .formatted(recorded.size(), request.prompt().display(), request.index() + 1));
    }
    return new Answer.Drawn(
        recorded.get(request.index()).withIndex(request.index()).withScores(Scores.none()));
  }

  /// {@inheritDoc}
  ///
  /// The width is how many completions every prompt has: a round asks for no more.
  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        true,
        byPrompt.values().stream()
            .flatMap(List::stream)
            .allMatch(draw -> draw.logProbability().proves()),
        byPrompt.values().stream().mapToInt(List::size).min().orElse(1));
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  /// Nothing to let go of.
  @Override
  public void close() {}
}
