package topdraw.recordings.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topdraw.input.InputException;
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
/// @param check the checksum of all the rest; where there is one, every line has one too. Null in a
///   run of an earlier version
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
    String started,
    @JsonInclude(Include.NON_NULL) @Nullable String check) {
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
    RunManifest manifest =
        new RunManifest(
            1,
            settings.id(),
            command,
            settings,
            batches,
            prompts.prompts().size(),
            prompts.name(),
            threads,
            versions,
            started,
            null);
    return manifest.checked();
  }

  /// Reads `run.json`.
  ///
  /// @param folder the run's folder
  /// @return its manifest
  /// @throws InputException if the folder holds no run, or its `run.json` is broken
  /// @throws IOException if the file cannot be read
  static RunManifest read(Path folder) throws IOException {
    return ManifestFile.read(folder);
  }

  /// This run, made to go further.
  RunManifest withBatches(int more) {
    RunManifest longer =
        new RunManifest(
            v, id, command, settings, more, prompts, source, threads, versions, started, null);
    return check == null ? longer : longer.checked();
  }

  /// This run with the checksum of what it says.
  RunManifest checked() {
    RunManifest bare =
        new RunManifest(
            v, id, command, settings, batches, prompts, source, threads, versions, started, null);
    String sum = LineChecksum.of(Json.canonical(bare));
    return new RunManifest(
        v, id, command, settings, batches, prompts, source, threads, versions, started, sum);
  }

  /// Whether every line of the run has a checksum.
  boolean checksums() {
    return check != null;
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
