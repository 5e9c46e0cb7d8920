package topdraw.recordings.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import topdraw.recordings.prompts.PromptFile;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;

/// Runs of made-up completions.
public final class Runs {
  public static final List<Reward> REWARDS =
      List.of(Rewards.logLikelihood(), Rewards.named("regex:^é[1-4]"));
  public static final String PROMPTS = "one\ntwo \"quoted\"\none\nfar too long\nthree ☃\n";
  public static final int N = 3;

  private Runs() {}

  public static PromptFile prompts(String text) {
    try {
      return PromptFile.read(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "prompts.txt", false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static RunManifest manifest(PromptFile prompts, long seed, int batches) {
    return RunManifest.of(
        "run",
        RunSettings.of(
            N,
            REWARDS.stream().map(Reward::identity).toList(),
            prompts,
            false,
            new ShuffledPolicy(seed).provenance()),
        batches,
        prompts,
        "1",
        Map.of("topdraw", "1"),
        "2026-01-01T00:00:00Z");
  }

  public static RunFolder open(Path folder, long seed, int batches) throws IOException {
    PromptFile prompts = prompts(PROMPTS);
    return RunFolder.open(folder, manifest(prompts, seed, batches), prompts);
  }

  /// Records what is missing; says how many completions it drew for that.
  public static int record(Path folder, long seed, int batches) throws IOException {
    ShuffledPolicy policy = new ShuffledPolicy(seed);
    try (RunFolder run = open(folder, seed, batches)) {
      run.record(policy, REWARDS, (_, _) -> {});
    }
    return policy.drawn;
  }

  public static byte[] samples(Path folder) throws IOException {
    return Files.readAllBytes(folder.resolve("samples.jsonl"));
  }
}
