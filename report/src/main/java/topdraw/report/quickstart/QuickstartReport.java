package topdraw.report.quickstart;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.reference.Provenance;
import topdraw.report.figure.PromptFigure;
import topdraw.report.figure.PromptPanel;
import topdraw.report.page.Report;
import topdraw.report.paper.PoolCurves;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Pool;
import topdraw.words.Digits;
import topdraw.words.Percent;

/// The quickstart's report: what right answers gained and cost, then the paper's Figures 4 and 5
/// for this run.
public final class QuickstartReport {
  private QuickstartReport() {}

  /// Makes the report.
  ///
  /// @param findings what was found
  /// @param provenance the policy that drew
  /// @param versions what was running, by name
  /// @param drawnAt the time of drawing
  /// @return the page's content
  public static Report of(
      QuickstartFindings findings,
      Provenance provenance,
      Map<String, String> versions,
      String drawnAt) {
    int completions = findings.draws();
    return new Report(
        "Topdraw quickstart: what best of " + findings.n() + " gained, and what it truly cost",
        provenance.model()
            + ": "
            + QuickstartText.asked(findings)
            + ". A pattern tells right answers from wrong ones, and the best of "
            + findings.n()
            + " is a right one if there is one.",
        Optional.of(QuickstartOpening.of(findings)),
        List.of(
            figure(
                "The paper's Figure 4 on these answers: reward log-likelihood",
                "Drift and win rate of best-of-n against n; the reward is the model's own"
                    + " log-likelihood, and no two answers are equally good. Where one answer is"
                    + " likely the drift stops growing; where all are unlikely the textbook is"
                    + " right, and nothing proves less.",
                "log-likelihood",
                findings),
            figure(
                "The paper's Figure 5 on these answers: reward negative length",
                "Drift and win rate of best-of-n against n; the reward is minus the number of"
                    + " tokens, so equal rewards are common.",
                "negative-length",
                findings)),
        provenance,
        versions,
        drawnAt,
        method(completions, findings));
  }

  private static List<String> method(int completions, QuickstartFindings findings) {
    return List.of(
        "Each prompt's "
            + completions
            + " completions were drawn once, independently, and all rewards looked at the same"
            + " ones.",
        "A right answer is one in which the question's pattern is found (quickstart-questions.jsonl"
            + " in the source). Intervals over the questions speak of these questions alone.",
        "Curves average over every subset of n of them (U-statistics), so no completion was drawn"
            + " twice. Beyond n = "
            + completions / 4
            + " few subsets are independent: those parts are dashed.",
        "A completion's probability is the product over its tokens under the distribution they were"
            + " drawn from, the end token included; a completion cut by the token limit is an"
            + " outcome of its own.",
        "The seen-mass bound and the textbook bound hold for this one pool, with certainty. Estimates"
            + " carry "
            + Percent.of(findings.confidence().value())
            + " jackknife intervals over the pool's draws at n = "
            + findings.n()
            + ".",
        "The band is the tilted minimum and maximum of (25), with tilts −10 and +10 (chosen: the"
            + " paper's text has lost its own).",
        "Of equal rewards the first drawn wins. Win rates count a tie as half.");
  }

  private static PromptFigure figure(
      String title, String caption, String reward, QuickstartFindings findings) {
    return new PromptFigure(
        title,
        caption,
        findings.paper().stream()
            .filter(entry -> entry.reward().equals(reward))
            .map(entry -> panel(entry, findings.n()))
            .toList());
  }

  private static PromptPanel panel(QuickstartFindings.Entry entry, int n) {
    Pool pool = entry.pool().estimators();
    return new PromptPanel(
        entry.prompt(),
        pool.size() / 4,
        PoolCurves.kl(entry.pool()),
        Optional.of(PoolCurves.band(pool)),
        List.of(
            PoolCurves.curve(
                "win rate", Evidence.ESTIMATE, Role.VALUE, pool.size() - 1, pool::winRate),
            PoolCurves.curve(
                "textbook n/(n+1)",
                Evidence.THEOREM,
                Role.UPPER_BOUND,
                pool.size() - 1,
                WinRateBounds::analytical)),
        n,
        entry.findings(),
        entry.sentence(),
        entry.best().text().orElse(""),
        Math.round(entry.best().length().orElseThrow())
            + " tokens, "
            + (entry.best().finish().cut() ? "cut by the token limit" : "ended by the model")
            + ", log-probability "
            + Digits.near(entry.best().logProbability().floor())
            + " nats");
  }
}
