package topdraw.neural;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import topdraw.llama.store.PackagedFileStore;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reward.Reward;
import topdraw.reward.RewardCatalog;
import topdraw.reward.RewardContext;
import topdraw.reward.RewardContract;

/// The hate-speech model keeps the contract of rewards.
class CivilContractTest extends RewardContract {
  /// Fetches the model when it is not there.
  static PackagedFileStore files() {
    return PackagedFileStore.inUserCache(System.getenv(), DownloadProgress.SILENT);
  }

  @Override
  protected Reward open() {
    return RewardCatalog.of(
            new RewardContext(
                Optional.empty(),
                Duration.ofMinutes(1),
                Surroundings.of(System.getenv()),
                Optional.of(files())))
        .open("civil");
  }

  @Override
  protected List<String> texts() {
    return List.of("Paris", "Thank you so much!", "I hate you, you stupid idiot!");
  }
}
