package topdraw.report.page;

import topdraw.estimate.AnalysisQuestion;
import topdraw.theory.finding.Quantity;
import topdraw.words.QuantityWords;

/// What the page calls a quantity of an analysis.
///
/// @param title over its chart
/// @param axis beside its chart, with the unit
/// @param caption what it is, in a sentence
record Topic(String title, String axis, String caption) {

  static Topic of(Quantity quantity, AnalysisQuestion question) {
    return switch (quantity) {
      case REWARD ->
          new Topic(
              "Reward",
              "reward",
              "Mean over prompts of the reward '" + question.reward() + "' of the best of n.");
      case PASS_AT_K ->
          new Topic(
              "Pass@n", "probability", "The chance that at least one of n draws has the reward 1.");
      case PASS_HAT_K ->
          new Topic("Pass^n", "probability", "The chance that all of n draws have the reward 1.");
      case G_PASS_AT_K ->
          new Topic(
              "G-Pass@n",
              "probability",
              "The chance that at least half, or three quarters, of n draws have the reward 1.");
      case MAJ_AT_K ->
          new Topic(
              "Maj@n",
              "probability",
              "The chance that the most frequent answer among n draws is right, equals sharing.");
      case GOLD_REWARD ->
          new Topic(
              "Gold reward",
              "gold reward",
              "Mean of '"
                  + question.gold().orElse("gold")
                  + "' over what '"
                  + question.reward()
                  + "' selects. Where it bends down, selection takes more than it gives.");
      case WIN_RATE ->
          new Topic(
              "Win rate",
              "win rate",
              "How often the best of n beats one draw of the reference policy, ties half.");
      case KL ->
          new Topic(
              "Drift",
              "KL divergence, nats",
              "How far the best of n moves from the policy that drew the samples. Each curve says how well"
                  + " it is known.");
      case TOKENS ->
          new Topic("Tokens drawn", "tokens", "What n draws cost, on average over prompts.");
      case WINNER_TOKENS ->
          new Topic("Tokens of the winner", "tokens", "How long the best of n is.");
      case SECONDS_SLOWEST ->
          new Topic(
              "Seconds", "seconds", "When the slowest of n draws ends, all of them begun at once.");
      case EARLY_STOP_KL ->
          new Topic(
              "Early stop: drift",
              "KL divergence, nats",
              "Of best-of-n that ends at the first draw which reaches the threshold.");
      case EARLY_STOP_WIN_RATE ->
          new Topic(
              "Early stop: win rate",
              "win rate",
              "Of best-of-n that ends at the first draw which reaches the threshold.");
      case EARLY_STOP_DRAWS ->
          new Topic(
              "Early stop: draws",
              "draws",
              "How many draws best-of-n makes that ends at the first which reaches the threshold.");
      default -> new Topic(QuantityWords.of(quantity), quantity.unit().word(), "");
    };
  }
}
