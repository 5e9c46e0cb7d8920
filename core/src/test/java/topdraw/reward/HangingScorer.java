package topdraw.reward;

/// A program of its own whose reward never answers.
final class HangingScorer {
  private HangingScorer() {}

  /// @param args the reward
  public static void main(String[] args) {
    try (Reward reward = Rewards.named(args[0])) {
      Completions.score(reward, "a").forEach(System.out::println);
    }
  }
}
