package topdraw.report.quickstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.estimate.PromptPool;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.selection.Selector;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.words.json.CurveJson;
import topdraw.words.json.Document;
import topdraw.words.text.DriftText;

/// What the quickstart found: first by rewards that check the answers, then by the paper's own.
///
/// @param n the completions of one selection
/// @param confidence of its intervals
/// @param draws the completions drawn of each prompt
/// @param completions those of all prompts
/// @param cut how many of them the limit on tokens cut
/// @param passed right or wrong
/// @param graded how well right answers are put
/// @param paper prompt by prompt under each of the paper's rewards
public record QuickstartFindings(
    int n,
    Confidence confidence,
    int draws,
    long completions,
    long cut,
    CheckedAnswers passed,
    CheckedAnswers graded,
    List<Entry> paper) {

  /// One prompt under one of the paper's rewards.
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

    /// How far best-of-n drifts, as estimated: where likelihood selects no two rewards are equal,
    /// and this is an estimate of an upper bound, no larger than what is proven; by another reward
    /// it is one of the drift itself.
    double drift(int n) {
      return pool.likelihoodSelects()
          ? Math.min(proven(findings), pool.estimators().sharpKlBound(n))
          : pool.estimators().kl(n);
    }
  }

  /// Which prompts are shown under the paper's rewards, and what the rewards are called.
  ///
  /// @param correct the reward that tells right from wrong by 1 and 0
  /// @param grade the reward that grades answers from 0 to 3
  /// @param rewards the paper's
  /// @param prompts tells the keys of prompts that are shown under them
  public record Setting(
      String correct, String grade, List<String> rewards, Predicate<String> prompts) {
    /// Copies the list.
    public Setting {
      rewards = List.copyOf(rewards);
    }
  }

  /// Copies the entries.
  public QuickstartFindings {
    paper = List.copyOf(paper);
  }

  /// What recorded draws say of a smaller n.
  ///
  /// @param recorded the draws of each prompt with their scores, at least one prompt
  /// @param setting what is looked at
  /// @param n the completions of one selection
  /// @param confidence of intervals
  /// @return the findings
  /// @throws InputException if no prompt has draws, or one has no more than `n`, as where a server
  ///   failed
  public static QuickstartFindings of(
      List<PromptDraws> recorded, Setting setting, int n, Confidence confidence) {
    int fewest = recorded.stream().mapToInt(one -> one.draws().size()).min().orElse(0);
    if (fewest <= n) {
      throw new InputException(
          Problem.MISSING,
          "more than %d completions of every question are needed, one has %d; call it again to draw the rest"
              .formatted(n, fewest));
    }
    List<Entry> paper = new ArrayList<>();
    for (String reward : setting.rewards()) {
      recorded.stream()
          .filter(one -> setting.prompts().test(one.key()))
          .forEach(one -> paper.add(entry(one, reward, n, confidence)));
    }
    return new QuickstartFindings(
        n,
        confidence,
        fewest,
        recorded.stream().mapToLong(one -> one.draws().size()).sum(),
        recorded.stream()
            .flatMap(one -> one.draws().stream())
            .filter(draw -> draw.finish().cut())
            .count(),
        CheckedAnswers.of(recorded, setting.correct(), 1, confidence),
        CheckedAnswers.of(recorded, setting.grade(), 3, confidence),
        paper);
  }

  private static Entry entry(PromptDraws drawn, String reward, int n, Confidence confidence) {
    List<Score> scores = drawn.draws().stream().map(draw -> draw.scores().of(reward)).toList();
    int best = Selector.best(scores);
    PromptPool pool = PromptPool.of(reward, drawn);
    List<Finding> findings = pool.findings(n, confidence);
    return new Entry(
        drawn.key(),
        drawn.display(),
        reward,
        drawn.draws().get(best),
        scores.get(best),
        pool,
        findings,
        sentence(pool, n, proven(findings)));
  }

  /// Where likelihood selects, the estimated upper bound is the best number there is; by another
  /// reward the drift itself is estimated, and comes first.
  private static String sentence(PromptPool pool, int n, double proven) {
    double sharp = Math.min(proven, pool.estimators().sharpKlBound(n));
    String bounds = DriftText.sentence(KlBounds.analytical(n), proven, sharp);
    return pool.likelihoodSelects()
        ? bounds
        : DriftText.estimate(pool.estimators().kl(n)) + " " + bounds;
  }

  /// The smallest KL divergence that is proven.
  private static double proven(List<Finding> findings) {
    return findings.stream()
        .filter(f -> f.quantity() == Quantity.KL && f.evidence() == Evidence.THEOREM)
        .mapToDouble(Finding::value)
        .min()
        .orElseThrow();
  }

  /// The document of `findings.json`.
  ///
  /// @return what Jackson can write
  public Map<String, Object> json() {
    Map<String, Object> json = Document.of("topdraw quickstart", confidence);
    json.put("n", n);
    json.put("completions", completions);
    json.put("cut_by_the_limit", cut);
    json.put("checked", List.of(passed.json(), graded.json()));
    json.put("by_prompt", paper.stream().map(this::json).toList());
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
