package topdraw.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Measurements;
import topdraw.estimate.OneSet;
import topdraw.estimate.OneSet.Taken;
import topdraw.estimate.Questions;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.BadRows;
import topdraw.recordings.Recording;
import topdraw.recordings.run.RecordedPrompt;
import topdraw.recordings.run.RunReader;
import topdraw.recordings.run.RunRecording;
import topdraw.theory.confidence.Scope;

/// A run of ours in a folder that every machine sees under one path, measured by all of them: each
/// task reads its own prompts, line by line held to the run's checksums as on one machine.
final class SparkRun implements Recording {
  private final Session session;
  private final RunRecording run;

  private SparkRun(Session session, RunRecording run) {
    this.session = session;
    this.run = run;
  }

  static SparkRun open(Session session, String named, org.apache.hadoop.fs.Path folder)
      throws IOException {
    if (!"file".equals(folder.toUri().getScheme())) {
      throw Failure.refused(
          named
              + ": a run is read from a folder that every machine has mounted; from here write it"
              + " as a table (topdraw export RUN --to parquet), which is read from any file"
              + " system");
    }
    return new SparkRun(
        session,
        RunRecording.open(Path.of(named.startsWith("file:") ? folder.toUri().getPath() : named)));
  }

  /// What a task measured, and the keys of its prompts.
  private record Part(Taken taken, ArrayList<String> keys) implements Serializable {}

  @Override
  public Measurements measure(Questions questions, OneSet set, boolean texts) throws IOException {
    int prompts = run.reader().prompts();
    String folder = run.folder().toAbsolutePath().toString();
    String called = run.folder().toString();
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < prompts; place++) {
      places.add(place);
    }
    int slices = Math.clamp(session.context().defaultParallelism(), 1, Math.max(1, prompts));
    try {
      return set.measure(
          fewest -> {
            Map<Integer, Integer> ranks = first(prompts, fewest);
            List<Part> parts =
                session
                    .context()
                    .parallelize(places, slices)
                    .mapPartitions(
                        some -> {
                          Measured measured = new Measured(questions, fewest);
                          ArrayList<String> keys = new ArrayList<>();
                          try (RunReader reader = RunReader.open(Path.of(folder), called)) {
                            while (some.hasNext()) {
                              int place = some.next();
                              RecordedPrompt prompt = reader.prompt(place);
                              keys.add(prompt.key());
                              Optional<PromptDraws> draws = prompt.recorded();
                              if (draws.isPresent()) {
                                measured.add(draws.get(), ranks.getOrDefault(place, place));
                              }
                            }
                          }
                          return List.of(new Part(measured.taken(), keys)).iterator();
                        })
                    .collect();
            requireApart(parts);
            return parts.stream().map(Part::taken).reduce(Taken::and).orElseThrow();
          });
    } catch (Exception e) { // Scala throws what it does not declare
      throw Failure.of(e);
    }
  }

  private void requireApart(List<Part> parts) {
    Set<String> known = new HashSet<>();
    for (Part part : parts) {
      for (String key : part.keys()) {
        if (!known.add(key)) {
          throw new InputException(
              Problem.CONFLICT,
              run.folder()
                  + ": lines are doubled or out of place: prompt "
                  + key
                  + " has two places");
        }
      }
    }
  }

  /// The ranks of the first prompts that have enough draws. Of the others it is known that there
  /// are as many before them.
  ///
  /// @throws InputException if no prompt has a draw
  private Map<Integer, Integer> first(int prompts, int fewest) {
    boolean any = false;
    HashMap<Integer, Integer> ranks = new HashMap<>();
    for (int place = 0; place < prompts && ranks.size() < Scope.FEWEST_PROMPTS; place++) {
      int draws = run.reader().prompt(place).draws().size();
      any |= draws > 0;
      if (draws > 0 && draws >= fewest) {
        ranks.put(place, ranks.size());
      }
    }
    if (!any) {
      run.forEach(prompt -> {}); // says why
    }
    return ranks;
  }

  /// @throws InputException always: prompts stay where they are
  @Override
  public void forEach(Consumer<PromptDraws> prompts) {
    throw Failure.refused("--spark measures prompts where they lie; leave it out here");
  }

  @Override
  public List<Path> files() throws IOException {
    return run.files();
  }

  @Override
  public List<String> rewards() {
    return run.rewards();
  }

  @Override
  public String name() {
    return run.name();
  }

  @Override
  public OptionalInt n() {
    return run.n();
  }

  @Override
  public List<String> columns() {
    return run.columns();
  }

  @Override
  public BadRows bad() {
    return run.bad();
  }

  @Override
  public long missing() {
    return run.missing();
  }

  @Override
  public long missing(BiPredicate<String, String> chosen) {
    return run.missing(chosen);
  }

  @Override
  public long notBegun() {
    return run.notBegun();
  }

  @Override
  public Map<String, String> provenance() {
    return run.provenance();
  }

  @Override
  public void close() throws IOException {
    run.close();
    session.close();
  }
}
