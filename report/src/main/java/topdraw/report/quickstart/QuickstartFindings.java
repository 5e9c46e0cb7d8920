package topdraw.report.quickstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.estimate.PromptPool;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.words.Visible;
import topdraw.words.json.CurveJson;
import topdraw.words.json.Document;
import topdraw.words.text.DriftText;
import topdraw.words.text.FindingText;

/// What the quickstart found: an entry per prompt and reward.
///
/// @param n the completions of one selection
/// @param confidence of its intervals
/// @param entries prompt by prompt under each reward
public record QuickstartFindings(int n, Confidence confidence, List<Entry> entries) {

  /// One prompt under one reward.
  ///
  /// @param key what tells the prompt from others
  /// @param prompt the prompt's words
  /// @param reward the reward's name
  /// @param best the best of all completions drawn
  /// @param score its score
  /// @param pool the completions in the order of the reward
  /// @param findings what is known of best-of-n
  /// @param sentence the finding for a person in a hurry
  public record Entry(
      String key,
      String prompt,
      String reward,
      Draw best,
      Score score,
      PromptPool pool,
      List<Finding> findings,
      String sentence) {
    /// Copies the findings.
    public Entry {
      findings = List.copyOf(findings);
    }
  }

  /// Copies the entries.
  public QuickstartFindings {
    entries = List.copyOf(entries);
  }

  /// What rounds of all draws say of a smaller n.
  ///
  /// @param rounds a round of all draws for each prompt, at least one
  /// @param n the completions of one selection
  /// @param confidence of intervals
  /// @return the findings, reward by reward
  public static QuickstartFindings of(List<Round> rounds, int n, Confidence confidence) {
    List<Entry> entries = new ArrayList<>();
    for (int r = 0; r < rounds.getFirst().rewards().size(); r++) {
      for (Round round : rounds) {
        entries.add(entry(round, r, n, confidence));
      }
    }
    return new QuickstartFindings(n, confidence, entries);
  }

  private static Entry entry(Round round, int reward, int n, Confidence confidence) {
    String name = round.rewards().get(reward);
    List<Score> scores = round.draws().stream().map(d -> d.scores().of(name)).toList();
    int best = Selector.best(scores);
    PromptDraws drawn = PromptDraws.of(round.prompt(), round.draws());
    PromptPool pool = PromptPool.of(name, drawn);
    List<Finding> findings = pool.findings(n, confidence);
    return new Entry(
        drawn.key(),
        round.prompt().display(),
        name,
        round.draws().get(best),
        scores.get(best),
        pool,
        findings,
        DriftText.sentence(
            KlBounds.analytical(n), proven(findings), pool.estimators().sharpKlBound(n)));
  }

  /// The smallest KL divergence that is proven.
  private static double proven(List<Finding> findings) {
    return findings.stream()
        .filter(f -> f.quantity() == Quantity.KL && f.evidence() == Evidence.THEOREM)
        .mapToDouble(Finding::value)
        .min()
        .orElseThrow();
  }

  /// The findings as text, prompt by prompt under each reward.
  ///
  /// @return lines of text
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String reward = "";
    for (Entry entry : entries) {
      if (!entry.reward().equals(reward)) {
        reward = entry.reward();
        lines.add("");
        lines.add("== reward: " + reward + ", best of " + n + " ==");
      }
      lines.add("");
      lines.add(Visible.oneLine(entry.prompt(), 100));
      lines.add("  best of " + entry.pool().estimators().size() + ": " + bestLine(entry.best()));
      FindingText.lines(entry.findings()).forEach(line -> lines.add("  " + line));
      lines.add("  " + entry.sentence());
    }
    return lines;
  }

  private static String bestLine(Draw best) {
    String cut = best.finish().cut() ? ", cut by the limit" : "";
    return "\""
        + Visible.oneLine(best.text().orElse(""), 80)
        + "\" ("
        + Math.round(best.length().orElseThrow())
        + " tokens"
        + cut
        + ")";
  }

  /// The document of `findings.json`.
  ///
  /// @return what Jackson can write
  public Map<String, Object> json() {
    Map<String, Object> json = Document.of("topdraw quickstart", confidence);
    json.put("n", n);
    json.put("by_prompt", entries.stream().map(this::json).toList());
    return json;
  }

  private Map<String, Object> json(Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("prompt_id", entry.key());
    json.put("prompt", entry.prompt());
    json.put("reward", entry.reward());
    json.put("draws", entry.pool().estimators().size());
    json.put("best", best(entry));
    json.put("sentence", entry.sentence());
    json.put("curve", CurveJson.of(n, entry.findings()));
    return json;
  }

  private static Map<String, Object> best(Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reward", entry.score() instanceof Score.Value(double value) ? value : null);
    json.put("index", entry.best().index());
    json.put("text", entry.best().text().orElse(""));
    return json;
  }
}
