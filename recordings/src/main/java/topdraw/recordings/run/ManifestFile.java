package topdraw.recordings.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// Reads `run.json`, which may be anything: only what a run's writer can have written is taken.
final class ManifestFile {
  /// The longest that is read, in bytes.
  private static final int LONGEST = 16 << 20;

  private ManifestFile() {}

  /// @throws InputException if the folder holds no run, or its `run.json` is broken
  /// @throws IOException if the file cannot be read
  static RunManifest read(Path folder) throws IOException {
    Path file = folder.resolve(RunFiles.MANIFEST);
    if (!Files.exists(file)) {
      throw new InputException(
          Problem.MISSING,
          folder + " holds no run: there is no " + file + "; make one with topdraw run");
    }
    String text = GivenFile.text(GivenFile.lasting(file), LONGEST);
    RunManifest manifest;
    try {
      JsonNode json = object(Json.mapper().readTree(text));
      int layout = json.path("v").asInt(0);
      if (layout != 1) {
        throw new InputException(
            Problem.UNSUPPORTED,
            file + " has layout " + json.path("v") + "; this version of topdraw reads layout 1");
      }
      manifest = Json.mapper().treeToValue(json, RunManifest.class);
    } catch (JacksonException e) {
      throw wrong(file, e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw e instanceof InputException ? e : wrong(file, String.valueOf(e.getMessage()), e);
    }
    if (!whole(manifest)) {
      throw wrong(file, "something is missing in it", null);
    }
    checkCounts(file, manifest);
    if (!manifest.settings().id().equals(manifest.id())) {
      throw new InputException(
          Problem.CONFLICT,
          file + " has been edited: its settings are not those of run " + manifest.id());
    }
    if (manifest.checksums() && !manifest.equals(manifest.checked())) {
      throw new InputException(
          Problem.CONFLICT,
          file + " is not as it was written: its checksum differs; bring it back from a copy");
    }
    return manifest;
  }

  private static JsonNode object(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("it holds no JSON object");
    }
    return json;
  }

  /// What was left out, or is null, is null here.
  private static boolean whole(RunManifest manifest) {
    RunSettings settings = manifest.settings();
    return settings != null
        && settings.sampling() != null
        && settings.rewards().stream()
            .allMatch(r -> given(r.name(), r.version(), r.settingsSha256()))
        && given(settings.promptsSha256(), settings.model(), manifest.id(), manifest.source())
        && given(manifest.command(), manifest.threads(), manifest.started())
        && !settings.fingerprint().containsValue(null);
  }

  private static boolean given(Object... values) {
    return Stream.of(values).noneMatch(value -> value == null);
  }

  private static void checkCounts(Path file, RunManifest manifest) {
    int n = manifest.settings().n();
    if (n < 1 || manifest.batches() < 1 || manifest.prompts() < 0) {
      throw wrong(
          file,
          "n %d, batches %d and prompts %d are not those of a run"
              .formatted(n, manifest.batches(), manifest.prompts()),
          null);
    }
    if ((long) n * manifest.batches() > Integer.MAX_VALUE) {
      throw new InputException(
          Problem.TOO_LARGE,
          file
              + ": n %d times batches %d are too many draws of a prompt"
                  .formatted(n, manifest.batches()));
    }
  }

  private static InputException wrong(Path file, String why, @Nullable Exception cause) {
    return new InputException(Problem.MALFORMED, file + " is not a run's: " + why).by(cause);
  }
}
