package topdraw.recordings.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Prompt;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.recordings.run.Runs;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicyContract;
import topdraw.reference.Sampling;

/// A run replayed keeps the contract of reference policies; it is found by its name.
class RecordedPolicyTest extends ReferencePolicyContract {
  @TempDir private Path run;

  @BeforeEach
  void record() throws IOException {
    Runs.record(run, 7, 2);
  }

  @Override
  protected ReferencePolicy open() throws IOException {
    return new PolicyCatalog()
        .open(
            "recording:" + run,
            new PolicyContext(
                Sampling.plain(4),
                0,
                Map.of(),
                DownloadProgress.SILENT,
                Surroundings.of(Map.of())));
  }

  @Override
  protected List<Prompt> prompts() {
    return List.of(Prompt.user("one"), Prompt.user("three ☃"));
  }

  @Override
  protected Optional<Prompt> refused() {
    return Optional.of(Prompt.user("far too long"));
  }
}
