package topdraw.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.estimate.AtN;
import topdraw.estimate.PromptMean;
import topdraw.estimate.PromptPool;
import topdraw.recordings.run.RecordedPrompt;
import topdraw.recordings.run.RunManifest;
import topdraw.recordings.run.RunReader;
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
import topdraw.words.Visible;
import topdraw.words.json.CurveJson;
import topdraw.words.json.Document;
import topdraw.words.text.FindingText;

/// What a recorded run holds, and what best-of-n gave and cost in it: counts, and means over its
/// prompts.
final class RunSummary {
  private final RunManifest manifest;
  private final Confidence confidence;
  private final List<String> absent = new ArrayList<>();
  private final PromptMean reward = new PromptMean();
  private final PromptMean kl = new PromptMean();
  private final PromptMean winRate = new PromptMean();
  private long refused;
  private long completions;
  private double tokens;
  private long truncated;
  private long unscored;
  private final MissingScores scores = new MissingScores();

  private RunSummary(RunManifest manifest, Confidence confidence) {
    this.manifest = manifest;
    this.confidence = confidence;
  }

  /// Reads a run once, prompt by prompt.
  static RunSummary of(RunReader run, Confidence confidence) {
    RunSummary summary = new RunSummary(run.manifest(), confidence);
    run.stream().forEach(summary::add);
    return summary;
  }

  private void add(RecordedPrompt prompt) {
    if (!prompt.absent().isEmpty()) {
      absent.add(absent(prompt));
      refused += prompt.draws().isEmpty() ? 1 : 0;
    }
    for (Draw draw : prompt.draws()) {
      completions++;
      tokens += draw.length().orElse(Double.NaN);
      truncated += draw.finish().cut() ? 1 : 0;
      unscored += draw.score() instanceof Score.Missing ? 1 : 0;
      addOwnScores(draw);
    }
    addWinners(prompt);
    prompt.recorded().ifPresent(drawn -> addPool(prompt.n(), drawn));
  }

  /// What was scored later by more rewards is up to that command, not to this run.
  private void addOwnScores(Draw draw) {
    for (int r = 0; r < manifest.settings().rewards().size(); r++) {
      scores.add(draw.scores().names().get(r), draw.scores().scores().get(r));
    }
  }

  private static String absent(RecordedPrompt prompt) {
    List<RecordedPrompt.Absent> absent = prompt.absent();
    String share =
        prompt.draws().isEmpty()
            ? ""
            : absent.size() + " of " + (absent.size() + prompt.draws().size()) + " draws: ";
    return Visible.oneLine(prompt.prompt().display(), 60)
        + ": "
        + share
        + absent.getFirst().reason();
  }

  /// The mean over a prompt's whole batches; a winner without a score has no reward to count.
  private void addWinners(RecordedPrompt prompt) {
    double sum = 0;
    int scored = 0;
    for (int b = 0; b < prompt.batches(); b++) {
      List<Score> scores = prompt.batch(b).stream().flatMap(List::stream).map(Draw::score).toList();
      if (!scores.isEmpty()
          && scores.get(Selector.best(scores)) instanceof Score.Value(double value)) {
        sum += value;
        scored++;
      }
    }
    if (scored > 0) {
      reward.add(sum / scored, (long) scored * prompt.n());
    }
  }

  private void addPool(int n, PromptDraws drawn) {
    Pool pool = drawn.pool(manifest.settings().rewards().getFirst().name(), true);
    if (drawn.draws().stream().allMatch(draw -> draw.logProbability().proves())) {
      kl.add(pool.klBound(n), pool.size());
    }
    if (n < pool.size()) {
      winRate.add(pool.winRate(n), pool.size());
    }
  }

  /// Completions that a finished run of this size would have, and this one does not.
  long missing() {
    return manifest.lines() - completions;
  }

  /// Which scores those completions lack.
  MissingScores scores() {
    return scores;
  }

  List<Finding> findings() {
    int n = manifest.settings().n();
    List<Finding> findings = new ArrayList<>();
    double textbook = KlBounds.analytical(n);
    findings.add(
        Finding.theorem(Quantity.KL, Role.UPPER_BOUND, textbook, KlBounds.TEXTBOOK, List.of()));
    if (kl.prompts() > 0) {
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
              new Interval(0, WinRateBounds.analytical(n)),
              PromptPool.WIN_RATE.titled("pooled, ties half"),
              confidence));
    }
    if (reward.prompts() > 0) {
      String name = manifest.settings().rewards().getFirst().name();
      findings.add(
          reward.finding(
              Quantity.REWARD,
              new Estimator("winner_reward", name + " of the winner"),
              confidence));
    }
    return findings;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "best of "
            + manifest.settings().n()
            + ", "
            + manifest.batches()
            + (manifest.batches() == 1 ? " batch" : " batches")
            + " of each of "
            + manifest.prompts()
            + (manifest.prompts() == 1 ? " prompt" : " prompts"));
    FindingText.lines(findings()).forEach(line -> lines.add("  " + line));
    lines.add(
        "  %-14s %d completions%s; %s cut by the token limit; %d without a score"
            .formatted(
                "cost",
                completions,
                tokens().map(count -> ", " + count + " tokens").orElse(""),
                share(truncated),
                unscored));
    return lines;
  }

  /// Where every completion's length is known.
  private Optional<Long> tokens() {
    return Double.isNaN(tokens) ? Optional.empty() : Optional.of(Math.round(tokens));
  }

  private String share(long part) {
    return completions == 0 ? "none" : "%.1f %%".formatted(100.0 * part / completions);
  }

  /// The prompts that lack completions, and why, the first few.
  List<String> missingLines() {
    List<String> lines = new ArrayList<>();
    absent.stream().limit(5).forEach(why -> lines.add("missing: " + Visible.oneLine(why, 300)));
    if (absent.size() > 5) {
      lines.add("missing: " + (absent.size() - 5) + " prompts more");
    }
    return lines;
  }

  /// The document of `findings.json`.
  Map<String, Object> json() {
    int n = manifest.settings().n();
    Map<String, Object> json = Document.of("topdraw run", confidence);
    json.put("run", manifest.id());
    json.put("reward", manifest.settings().rewards().getFirst().name());
    json.put("n", n);
    json.put("batches", manifest.batches());
    json.put("prompts", manifest.prompts());
    json.put("prompts_refused", refused);
    json.put("samples", completions);
    json.put("missing", missing());
    json.put("tokens", tokens().orElse(null));
    json.put("truncated", truncated);
    json.put("truncated_share", completions == 0 ? null : (double) truncated / completions);
    json.put("unscored", unscored);
    json.put("curve", CurveJson.of(List.of(new AtN(n, manifest.prompts() - refused, findings()))));
    return json;
  }
}
