package topdraw.recordings.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import topdraw.draw.Draw;
import topdraw.draw.LogProbabilityWorth;
import topdraw.draw.MissingScores;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.estimate.PromptMean;
import topdraw.estimate.PromptPool;
import topdraw.estimate.RunSummary;
import topdraw.reward.Comparing;
import topdraw.reward.PassFail;
import topdraw.reward.RewardIdentity;
import topdraw.reward.Rewards;
import topdraw.selection.Selector;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Pool;

/// Sums a recorded run up: reads it once, prompt by prompt.
public final class RunMeasuring {
  private final RunManifest manifest;
  private final List<RewardIdentity> rewards;
  private final List<RunSummary.Absent> absent = new ArrayList<>();
  private final PromptMean reward = new PromptMean();
  private final PromptMean kl = new PromptMean();
  private final PromptMean winRate = new PromptMean();
  private final MissingScores scores = new MissingScores();
  private final LogProbabilityWorth worth = new LogProbabilityWorth();
  private boolean known;
  private final boolean votes;
  private long refused;
  private long completions;
  private double tokens;
  private long truncated;
  private long unscored;

  private RunMeasuring(RunManifest manifest) {
    this.manifest = manifest;
    rewards = manifest.settings().rewards();
    votes = Comparing.countsVotes(rewards.getFirst().name());
  }

  /// Reads a run.
  ///
  /// @param run the run
  /// @param confidence of the intervals
  /// @return what it holds, and what best-of-n gave and cost in it
  public static RunSummary of(RunReader run, Confidence confidence) {
    RunMeasuring measuring = new RunMeasuring(run.manifest());
    run.stream().forEach(measuring::add);
    return measuring.summary(confidence);
  }

  private void add(RecordedPrompt prompt) {
    if (!prompt.absent().isEmpty()) {
      absent.add(
          new RunSummary.Absent(
              prompt.prompt().display(),
              prompt.absent().size(),
              prompt.draws().size(),
              prompt.absent().getFirst().reason()));
      refused += prompt.draws().isEmpty() ? 1 : 0;
    }
    for (Draw draw : prompt.draws()) {
      completions++;
      worth.add(draw.logProbability());
      tokens += draw.length().orElse(Double.NaN);
      truncated += draw.finish().cut() ? 1 : 0;
      unscored += draw.score() instanceof Score.Missing ? 1 : 0;
      // What was scored later by more rewards is up to whoever did, not to this run.
      for (int r = 0; r < rewards.size(); r++) {
        scores.add(draw.scores().names().get(r), draw.scores().scores().get(r));
      }
    }
    addWinners(prompt);
    if (!Comparing.names(rewards.getFirst().name())) {
      prompt.recorded().ifPresent(drawn -> addPool(prompt.n(), drawn));
    }
  }

  /// The mean over a prompt's whole batches; a winner without a score has no reward to count.
  private void addWinners(RecordedPrompt prompt) {
    double sum = 0;
    int scored = 0;
    for (int b = 0; b < prompt.batches(); b++) {
      List<Score> batch = prompt.batch(b).stream().flatMap(List::stream).map(Draw::score).toList();
      if (!batch.isEmpty()
          && batch.get(Selector.best(batch)) instanceof Score.Value(double value)) {
        sum += votes ? value / prompt.n() : value;
        scored++;
      }
    }
    if (scored > 0) {
      reward.add(sum / scored, (long) scored * prompt.n(), PromptDraws.order(prompt.key()));
    }
  }

  private void addPool(int n, PromptDraws drawn) {
    Pool pool = drawn.pool(rewards.getFirst().name(), true);
    boolean proven = drawn.draws().stream().anyMatch(draw -> draw.logProbability().proves());
    known |= proven;
    // As an analysis does: a draw of which nothing is proven has any probability, however small.
    double bound =
        proven
            ? Pool.of(drawn.outcomes(), drawn.ranks(rewards.getFirst().name()), floors(drawn))
                .klBound(n)
            : KlBounds.analytical(n);
    kl.add(bound, pool.size(), drawn.order());
    if (n < pool.size()) {
      winRate.add(pool.winRate(n), pool.size(), drawn.order());
    }
  }

  private static double[] floors(PromptDraws drawn) {
    return drawn.draws().stream().mapToDouble(draw -> draw.logProbability().floor()).toArray();
  }

  private RunSummary summary(Confidence confidence) {
    return new RunSummary(
        manifest.id(),
        rewards.getFirst().name(),
        manifest.settings().n(),
        manifest.batches(),
        manifest.prompts(),
        new RunSummary.Counts(
            refused,
            completions,
            manifest.lines() - completions,
            Double.isNaN(tokens) ? OptionalLong.empty() : OptionalLong.of(Math.round(tokens)),
            truncated,
            unscored),
        findings(confidence),
        confidence,
        absent,
        scores,
        worth.sentence());
  }

  private List<Finding> findings(Confidence confidence) {
    int n = manifest.settings().n();
    List<Finding> findings = new ArrayList<>();
    double textbook = KlBounds.analytical(n);
    findings.add(
        Finding.theorem(Quantity.KL, Role.UPPER_BOUND, textbook, KlBounds.TEXTBOOK, List.of()));
    if (known) {
      findings.add(
          kl.finding(
              Quantity.KL,
              Role.UPPER_BOUND,
              new Interval(0, textbook),
              PromptPool.MEAN_OF_25,
              confidence));
    }
    if (winRate.prompts() > 0) {
      findings.add(
          winRate.finding(
              Quantity.WIN_RATE,
              Role.VALUE,
              new Interval(0.5, WinRateBounds.analytical(n)),
              PromptPool.WIN_RATE.titled("pooled, ties half"),
              confidence));
    }
    String name = rewards.getFirst().name();
    if (reward.prompts() > 0 && votes) {
      // Of a round, and no reward of a completion.
      findings.add(
          reward.finding(
              Quantity.VOTE_SHARE,
              new Estimator("vote_share", name + ": draws of a round that give its answer"),
              confidence));
    } else if (reward.prompts() > 0 && !Comparing.names(name)) {
      findings.add(
          reward.finding(
              Quantity.REWARD,
              Role.VALUE,
              range(name),
              new Estimator("winner_reward", name + " of the winner"),
              confidence));
    }
    return findings;
  }

  /// Where a reward lies by what it is.
  private static Interval range(String reward) {
    if (PassFail.names(reward)) {
      return new Interval(0, 1);
    }
    Interval any = Quantity.REWARD.range();
    return Rewards.neverAboveZero(reward) ? new Interval(any.lower(), 0) : any;
  }
}
