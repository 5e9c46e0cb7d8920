package topdraw.neural;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import topdraw.provider.Asked;
import topdraw.provider.Offer;
import topdraw.provider.PackagedFile;
import topdraw.reward.Reward;
import topdraw.reward.RewardContext;
import topdraw.reward.RewardProvider;

/// Provides `civil`: how likely a completion is neither hateful nor offensive, by the model of the
/// Python package hatesonar (MIT), which is fetched once.
public final class CivilProvider implements RewardProvider {
  static final PackagedFile MODEL =
      new PackagedFile(
          "the hate-speech model of hatesonar 0.1.0",
          "hatesonar-0.1.0.onnx",
          1_066_446,
          "3d881e00b16eb0cf8a6df58a68305f6a1b36e512334aa702a9501eaa0afe51b5",
          "hatesonar==0.1.0",
          "969c56618bd628b3cb9b69d4e5170b461c8270737d2b0eb37ba0d55e207e9f37",
          222_593,
          "hatesonar/model/model.onnx");

  /// The service loader's constructor.
  public CivilProvider() {}

  @Override
  public List<Offer<Reward, RewardContext>> offers() {
    return List.of(new Offer<>("civil", "civil", CivilProvider::open));
  }

  private static Reward open(Asked asked, RewardContext context) throws IOException {
    asked.requireNone();
    Path file = context.file(asked.name(), MODEL);
    return new Civil(BagOfWords.read(OnnxGraph.read(Files.readAllBytes(file))), MODEL.sha256());
  }
}
