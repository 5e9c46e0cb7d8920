package topdraw.recordings.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.prompts.PromptFile;

/// `run.json`: the settings that decide what a run holds, how far it is to go, and, for the record,
/// when and on what it was begun.
///
/// @param v version of this layout, 1
/// @param id the hash of the settings, 16 hex digits
/// @param command the command that began the run
/// @param settings what decides the samples
/// @param batches how many selections of `n` are drawn per prompt
/// @param prompts prompts in the prompt file
/// @param source the prompt file's name when the run began
/// @param threads threads that decoded when the run began, or `unknown`
/// @param versions Topdraw, Java, operating system when the run began
/// @param started when the run began, ISO-8601, UTC
public record RunManifest(
    int v,
    String id,
    String command,
    RunSettings settings,
    int batches,
    int prompts,
    String source,
    String threads,
    Map<String, String> versions,
    String started) {
  /// Copies the versions, keeping their order.
  public RunManifest {
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }

  /// The manifest of a run about to begin.
  ///
  /// @param command the command that makes the run
  /// @param settings what decides the samples
  /// @param batches selections per prompt, at least 1
  /// @param prompts the prompt file
  /// @param threads threads that decode
  /// @param versions Topdraw, Java, operating system
  /// @param started now, ISO-8601, UTC
  /// @return the manifest
  public static RunManifest of(
      String command,
      RunSettings settings,
      int batches,
      PromptFile prompts,
      String threads,
      Map<String, String> versions,
      String started) {
    return new RunManifest(
        1,
        settings.id(),
        command,
        settings,
        batches,
        prompts.prompts().size(),
        prompts.name(),
        threads,
        versions,
        started);
  }

  /// Reads `run.json`.
  ///
  /// @param folder the run's folder
  /// @return its manifest
  /// @throws InputException if the folder holds no run, or its `run.json` is broken
  /// @throws IOException if the file cannot be read
  static RunManifest read(Path folder) throws IOException {
    Path file = folder.resolve(RunFiles.MANIFEST);
    RunManifest manifest;
    try {
      manifest = Json.mapper().readValue(Files.readString(file), RunManifest.class);
    } catch (NoSuchFileException e) {
      throw new InputException(
              Problem.MISSING,
              folder + " holds no run: there is no " + file + "; make one with topdraw run")
          .by(e);
    } catch (JacksonException e) {
      throw new InputException(
              Problem.MALFORMED, file + " is not a run's: " + e.getOriginalMessage())
          .by(e);
    }
    if (manifest.v != 1) {
      throw new InputException(
          Problem.UNSUPPORTED,
          file + " has layout " + manifest.v + "; this version of topdraw reads layout 1");
    }
    if (!manifest.settings.id().equals(manifest.id)) {
      throw new InputException(
          Problem.CONFLICT,
          file + " has been edited: its settings are not those of run " + manifest.id);
    }
    return manifest;
  }

  /// This run, made to go further.
  RunManifest withBatches(int more) {
    return new RunManifest(
        v, id, command, settings, more, prompts, source, threads, versions, started);
  }

  /// Completions per prompt.
  ///
  /// @return `n` times the batches
  @JsonIgnore
  public int completions() {
    return Math.multiplyExact(settings.n(), batches);
  }

  /// All lines of the finished run.
  ///
  /// @return prompts times completions per prompt
  @JsonIgnore
  public long lines() {
    return Math.multiplyExact((long) prompts, completions());
  }
}
