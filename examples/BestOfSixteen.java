import java.util.List;
import topdraw.estimate.RoundFindings;
import topdraw.llama.LlamaPolicy;
import topdraw.llama.LlamaSettings;
import topdraw.llama.store.ModelStore;
import topdraw.draw.Prompt;
import topdraw.provider.DownloadProgress;
import topdraw.reference.Sampling;
import topdraw.reward.Rewards;
import topdraw.selection.Selector;
import topdraw.theory.finding.Confidence;
import topdraw.theory.law.Selection.BestOfN;

/// Draws 16 completions, chooses the one that names Paris, prints what that is known to have cost.
void main() {
  var model = ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT);
  try (var policy = LlamaPolicy.open(model, Sampling.plain(48), 7, LlamaSettings.defaults())) {
    var selector = new Selector(policy, List.of(Rewards.named("regex:Paris")));
    var round = selector.select(new BestOfN(16), Prompt.user("What is the capital of France?"));
    IO.println(round.winner().text().orElseThrow());
    for (var finding : RoundFindings.of(round, Confidence.DEFAULT)) {
      IO.println(finding);
    }
  }
}
