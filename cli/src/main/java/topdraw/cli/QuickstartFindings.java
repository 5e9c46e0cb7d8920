package topdraw.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.estimate.PromptPool;
import topdraw.json.FindingJson;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;

/// What the quickstart found: an entry per prompt and reward.
record QuickstartFindings(int n, List<Entry> entries) {

  /// One prompt under one reward.
  ///
  /// @param prompt the prompt's words
  /// @param reward the reward's name
  /// @param best the best of all completions drawn
  /// @param score its score
  /// @param pool the completions in the order of the reward
  /// @param findings what is known of best-of-n
  /// @param sentence the finding for a person in a hurry
  record Entry(
      String prompt,
      String reward,
      Draw best,
      Score score,
      PromptPool pool,
      List<Finding> findings,
      String sentence) {}

  static QuickstartFindings of(List<Round> rounds, int n) {
    List<Entry> entries = new ArrayList<>();
    for (int r = 0; r < rounds.getFirst().rewards().size(); r++) {
      for (Round round : rounds) {
        entries.add(entry(round, r, n));
      }
    }
    return new QuickstartFindings(n, List.copyOf(entries));
  }

  private static Entry entry(Round round, int reward, int n) {
    String name = round.rewards().get(reward);
    List<Score> scores = round.draws().stream().map(d -> d.scores().of(name)).toList();
    int best = Selector.best(scores);
    PromptPool pool = PromptPool.of(name, PromptDraws.of(round.prompt(), round.draws()));
    List<Finding> findings = pool.findings(n);
    return new Entry(
        round.prompt().display(),
        name,
        round.draws().get(best),
        scores.get(best),
        pool,
        findings,
        FindingText.sentence(
            KlBounds.analytical(n), proven(findings), pool.estimators().sharpKlBound(n)));
  }

  /// The smallest KL divergence that is proven.
  private static double proven(List<Finding> findings) {
    return findings.stream()
        .filter(f -> f.quantity().equals("kl") && f.evidence() == Evidence.THEOREM)
        .mapToDouble(Finding::value)
        .min()
        .orElseThrow();
  }

  /// The findings as text, prompt by prompt under each reward.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String reward = "";
    for (Entry entry : entries) {
      if (!entry.reward().equals(reward)) {
        reward = entry.reward();
        lines.add("");
        lines.add("== reward: " + reward + ", best of " + n + " ==");
      }
      lines.add("");
      lines.add(Terminal.oneLine(entry.prompt(), 100));
      lines.add("  best of " + entry.pool().estimators().size() + ": " + bestLine(entry.best()));
      FindingText.lines(entry.findings()).forEach(line -> lines.add("  " + line));
      lines.add("  " + entry.sentence());
    }
    return lines;
  }

  private static String bestLine(Draw best) {
    String cut = best.finish().cut() ? ", cut by the limit" : "";
    return "\""
        + Terminal.oneLine(best.text().orElse(""), 80)
        + "\" ("
        + Math.round(best.length().orElseThrow())
        + " tokens"
        + cut
        + ")";
  }

  /// The shape of `findings.json`.
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", 1);
    json.put("n", n);
    json.put("findings", entries.stream().map(QuickstartFindings::json).toList());
    return json;
  }

  private static Map<String, Object> json(Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("prompt", entry.prompt());
    json.put("reward", entry.reward());
    json.put("completions", entry.pool().estimators().size());
    json.put("best", entry.best().text().orElse(""));
    json.put("best_index", entry.best().index());
    json.put("sentence", entry.sentence());
    json.put("findings", FindingJson.of(entry.findings()));
    return json;
  }
}
