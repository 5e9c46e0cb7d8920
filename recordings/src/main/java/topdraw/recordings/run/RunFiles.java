package topdraw.recordings.run;

import java.nio.file.Files;
import java.nio.file.Path;

/// The names of the files of a run.
public final class RunFiles {
  /// The manifest: what the run holds. A folder with it is a run.
  public static final String MANIFEST = "run.json";

  /// The samples, a line a draw.
  public static final String SAMPLES = "samples.jsonl";

  /// The samples while failed draws are drawn again.
  static final String REDRAWN = "samples.redrawn.jsonl";

  /// The log-probabilities that a second pass told.
  static final String LOG_P = "log-p.jsonl";

  static final String FINDINGS = "findings.json";
  static final String REPORT = "report";
  static final String LOCK = "lock";

  private RunFiles() {}

  /// Whether a folder holds a run.
  ///
  /// @param folder the folder
  /// @return true where there is a manifest in it
  public static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(MANIFEST));
  }
}
