package topdraw.servers.reward;

import java.io.IOException;
import java.util.List;
import topdraw.provider.Asked;
import topdraw.provider.Offer;
import topdraw.reference.Judge;
import topdraw.reward.BuiltInRewards;
import topdraw.reward.JudgedQuestion;
import topdraw.reward.Knockout;
import topdraw.reward.RatingJudge;
import topdraw.reward.Reward;
import topdraw.reward.RewardContext;
import topdraw.reward.RewardProvider;
import topdraw.servers.http.ServerClient;

/// Provides judges on chat servers: `judge-server:URL` rates, `knockout-server:URL` compares.
/// Settings: `model`, `rubric` (a file), `max-tokens`, `at-once`, `key-file`.
public final class JudgeRewards implements RewardProvider {
  private static final String RUBRIC = "rubric";
  private static final String MAX_TOKENS = "max-tokens";
  private static final int USUAL_TOKENS = 16;
  private static final int MOST_TOKENS = 65_536;
  private static final int AT_ONCE = 4;

  /// The service loader's constructor.
  public JudgeRewards() {}

  private interface Asking {
    Reward of(String name, Judge judge, JudgedQuestion question);
  }

  @Override
  public List<Offer<Reward, RewardContext>> offers() {
    return List.of(
        offer("judge-server", RatingJudge::new), offer("knockout-server", Knockout::new));
  }

  private static Offer<Reward, RewardContext> offer(String name, Asking asking) {
    return new Offer<>(name, name + ":URL", (asked, context) -> open(asked, context, asking));
  }

  private static Reward open(Asked asked, RewardContext context, Asking asking) throws IOException {
    Addressed server = Addressed.of(asked, List.of(Addressed.MODEL, RUBRIC, MAX_TOKENS));
    JudgedQuestion question = BuiltInRewards.rubric(asked.name(), server.setting(RUBRIC));
    int tokens = server.number(MAX_TOKENS, 1, MOST_TOKENS).orElse(USUAL_TOKENS);
    int atOnce = server.atOnce(AT_ONCE);
    ServerClient client = server.client(context, Addressed.KEY);
    try {
      ChatJudge judge = new ChatJudge(client, server.model(client), tokens, atOnce);
      return new ClosingReward(asking.of(server.name(), judge, question), judge);
    } catch (RuntimeException | IOException e) {
      client.close();
      throw e;
    }
  }
}
