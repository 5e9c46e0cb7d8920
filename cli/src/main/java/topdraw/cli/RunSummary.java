package topdraw.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.estimate.PromptMean;
import topdraw.estimate.PromptPool;
import topdraw.json.FindingJson;
import topdraw.recordings.RecordedPrompt;
import topdraw.recordings.RunManifest;
import topdraw.recordings.RunReader;
import topdraw.reference.Completion;
import topdraw.reference.FinishReason;
import topdraw.reward.Score;
import topdraw.selection.Candidate;
import topdraw.selection.Selector;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.Pool;

/// What a recorded run holds, and what best-of-n gave and cost in it: counts, and means over its
/// prompts.
final class RunSummary {
  private final RunManifest manifest;
  private final List<String> refused = new ArrayList<>();
  private final PromptMean reward = new PromptMean();
  private final PromptMean kl = new PromptMean();
  private final PromptMean winRate = new PromptMean();
  private long completions;
  private long tokens;
  private long truncated;
  private long unscored;

  private RunSummary(RunManifest manifest) {
    this.manifest = manifest;
  }

  /// Reads a run once, prompt by prompt.
  static RunSummary of(RunReader run) {
    RunSummary summary = new RunSummary(run.manifest());
    run.stream().forEach(summary::add);
    return summary;
  }

  private void add(RecordedPrompt prompt) {
    prompt
        .refusal()
        .ifPresent(
            why -> refused.add(Terminal.oneLine(prompt.prompt().display(), 60) + ": " + why));
    if (prompt.candidates().isEmpty()) {
      return;
    }
    for (Candidate candidate : prompt.candidates()) {
      Completion completion = candidate.completion();
      completions++;
      tokens += completion.length();
      truncated += completion.finishReason() == FinishReason.LENGTH ? 1 : 0;
      unscored += candidate.score() instanceof Score.Missing ? 1 : 0;
    }
    addWinners(prompt);
    addPool(prompt);
  }

  /// The mean over a prompt's batches; a winner without a score has no reward to count.
  private void addWinners(RecordedPrompt prompt) {
    double sum = 0;
    int scored = 0;
    for (int b = 0; b < prompt.batches(); b++) {
      List<Score> scores = prompt.batch(b).stream().map(Candidate::score).toList();
      if (scores.get(Selector.best(scores)) instanceof Score.Value(double value)) {
        sum += value;
        scored++;
      }
    }
    if (scored > 0) {
      reward.add(sum / scored, (long) scored * prompt.n());
    }
  }

  private void addPool(RecordedPrompt prompt) {
    Pool pool =
        PromptPool.of(
                manifest.settings().rewards().getFirst().name(),
                prompt.candidates().stream().map(Candidate::completion).toList(),
                prompt.candidates().stream().map(Candidate::score).toList())
            .estimators();
    kl.add(pool.klBound(prompt.n()), pool.size());
    if (prompt.n() < pool.size()) {
      winRate.add(pool.winRate(prompt.n()), pool.size());
    }
  }

  /// Completions that a finished run of this size would have, and this one does not.
  long missing() {
    return manifest.lines() - completions;
  }

  List<Finding> findings() {
    int n = manifest.settings().n();
    List<Finding> findings = new ArrayList<>();
    double textbook = KlBounds.analytical(n);
    findings.add(
        Finding.theorem(
            "kl",
            Role.UPPER_BOUND,
            textbook,
            "nats",
            "textbook: log n - (n-1)/n, Theorem 3.1",
            List.of()));
    if (kl.prompts() > 0) {
      findings.add(
          kl.finding(
              "kl",
              Role.UPPER_BOUND,
              "nats",
              new Interval(0, textbook),
              "eq. (25), Theorem T1, pooled"));
    }
    if (winRate.prompts() > 0) {
      findings.add(
          winRate.finding(
              "win_rate",
              Role.VALUE,
              "probability",
              new Interval(0, WinRateBounds.analytical(n)),
              "pooled, ties half"));
    }
    if (reward.prompts() > 0) {
      findings.add(
          reward.finding(
              "reward",
              Role.VALUE,
              "reward",
              new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
              manifest.settings().rewards().getFirst().name() + " of the winner"));
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
        "  %-14s %d completions, %d tokens; %s cut by the token limit; %d without a score"
            .formatted("cost", completions, tokens, share(truncated), unscored));
    return lines;
  }

  private String share(long part) {
    return completions == 0 ? "none" : "%.1f %%".formatted(100.0 * part / completions);
  }

  /// The prompts that gave nothing, and why, the first few.
  List<String> missingLines() {
    List<String> lines = new ArrayList<>();
    refused.stream().limit(5).forEach(why -> lines.add("missing: " + Terminal.oneLine(why, 300)));
    if (refused.size() > 5) {
      lines.add("missing: " + (refused.size() - 5) + " prompts more");
    }
    return lines;
  }

  /// The shape of `findings.json`.
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", 1);
    json.put("run", manifest.id());
    json.put("n", manifest.settings().n());
    json.put("batches", manifest.batches());
    json.put("prompts", manifest.prompts());
    json.put("prompts_refused", refused.size());
    json.put("completions", completions);
    json.put("missing", missing());
    json.put("tokens", tokens);
    json.put("truncated", truncated);
    json.put("truncated_share", completions == 0 ? null : (double) truncated / completions);
    json.put("unscored", unscored);
    json.put("findings", FindingJson.of(findings()));
    return json;
  }
}
