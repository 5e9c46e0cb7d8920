package topdraw.recordings.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Prompt;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicyContract;
import topdraw.reference.Sampling;

/// Files of others replayed keep the contract of reference policies; they are found by name.
class ImportedPolicyContractTest extends ReferencePolicyContract {
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add("{\"prompt\": \"p\", \"response\": \"a%d\", \"reward\": %d}".formatted(i % 4, i));
      rows.add("{\"prompt\": \"q\", \"response\": \"b%d\", \"tokens\": %d}".formatted(i, i + 1));
    }
    file = Files.write(folder.resolve("rows.jsonl"), rows);
  }

  @Override
  protected ReferencePolicy open() throws IOException {
    return new PolicyCatalog()
        .open(
            "recording:" + file,
            new PolicyContext(
                Sampling.plain(1),
                0,
                Map.of(),
                DownloadProgress.SILENT,
                Surroundings.of(Map.of())));
  }

  @Override
  protected List<Prompt> prompts() {
    return List.of(new Prompt.Text("p"), new Prompt.Text("q"));
  }

  @Override
  protected Optional<Prompt> refused() {
    return Optional.of(new Prompt.Text("r"));
  }
}
