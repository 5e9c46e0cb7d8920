package topdraw.recordings.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import topdraw.provider.Asked;
import topdraw.provider.Offer;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.recordings.run.RunFiles;
import topdraw.reference.PolicyContext;
import topdraw.reference.PolicyProvider;
import topdraw.reference.ReferencePolicy;

/// Provides `recording:PATH`: a run, or a file of others, replayed.
public final class ReplayProvider implements PolicyProvider {
  /// The service loader's constructor.
  public ReplayProvider() {}

  @Override
  public List<Offer<ReferencePolicy, PolicyContext>> offers() {
    return List.of(new Offer<>("recording", "recording:PATH", (asked, context) -> open(asked)));
  }

  private static ReferencePolicy open(Asked asked) throws IOException {
    String path = asked.required("recording:my-run");
    if (RunFiles.isRun(Path.of(path))) {
      return RecordedPolicy.open(Path.of(path));
    }
    Mapping asItIs = new Mapping(Map.of(), List.of(), false);
    try (Recording recording = Recordings.open(List.of(path), asItIs)) {
      return ImportedPolicy.of(recording);
    }
  }
}
