package topdraw.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Measurements;
import topdraw.estimate.PromptCurves;
import topdraw.estimate.PromptPool;
import topdraw.estimate.Protocol;
import topdraw.estimate.Questions;
import topdraw.estimate.Withheld;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;

/// The one place where the program's own types become [Line]s: what changes there, changes here.
final class CoreFindings {
  /// The program's estimators, by the short words of the resources.
  private static final Map<String, String> ESTIMATORS =
      Map.ofEntries(
          Map.entry("textbook_kl", "textbook"),
          Map.entry("textbook_win_rate", "textbook"),
          Map.entry("subsets", "subsets"),
          Map.entry("first_n", "first-n"),
          Map.entry("bootstrap", "bootstrap"),
          Map.entry("pool_win_rate", "pool_win_rate"),
          Map.entry("seen_mass_mean", "seen-mass"),
          Map.entry("pool_kl_upper", "pool_kl_upper"),
          Map.entry("pooled_kl_bound", "eq. (25)"),
          Map.entry("pooled_sharp_kl_bound", "d*"),
          Map.entry("pool_kl", "pool_kl"),
          Map.entry("pool_kl_from_levels", "pool_kl, levels"),
          Map.entry("n_mean_tokens", "n times the mean"),
          Map.entry("slowest_of_n", "slowest of n"),
          Map.entry("clipped_pool_kl_upper", "clipped pool_kl_upper"),
          Map.entry("clipped_pool_kl", "clipped pool_kl"),
          Map.entry("clipped_pool_kl_from_levels", "clipped pool_kl, levels"),
          Map.entry("pass_share", "share passing"),
          Map.entry("rewind_win_rate_of_share", "1 - z/2"),
          Map.entry("rewind_kl_of_share", "-log z"),
          Map.entry("rewind_draws_of_share", "1/z"),
          Map.entry("seen_mass", "seen-mass"),
          Map.entry("kl_at_likeliest_seen", "likeliest seen"),
          Map.entry("rewind_kl_upper", "geometric"),
          Map.entry("rewind_kl_estimate", "harmonic"),
          Map.entry("best_of_poisson_continuous", "poisson"),
          Map.entry("blockwise_kl_most_blocks", "most blocks"),
          Map.entry("blockwise_kl_from_lengths", "lengths"),
          Map.entry("blockwise_kl", "blocks"),
          Map.entry("betting_fixed_sequence", "betting, fixed-sequence"),
          Map.entry("method", "the method itself"),
          Map.entry("t_lower", "t, lower end"),
          Map.entry("pilot", "pilot"),
          Map.entry("pilot_second_half", "pilot, second half"),
          Map.entry("best_of_n_continuous", "Theorems 3.1 and 5.3"),
          Map.entry("early_stop_continuous", "clipped reward"),
          Map.entry("rewind_continuous", "Lemma 6.2"),
          Map.entry("law_on_samples", "outcome table"),
          Map.entry("subsets_joint_band", "subsets, band"),
          Map.entry("betting_stated_range", "betting, stated range"),
          Map.entry("gao_fit_analytical", "least squares"),
          Map.entry("gao_fit_estimated", "least squares"),
          Map.entry("pass_hat_k", "all pass"),
          Map.entry("g_pass_at_k:half", "half pass"),
          Map.entry("g_pass_at_k:three_quarters", "three quarters pass"),
          Map.entry("recovered_gain", "Fieller"),
          Map.entry("seen_mass_at_confidence", "seen-mass at confidence"));

  private CoreFindings() {}

  static Line line(int n, Finding finding) {
    return new Line(
        "",
        n,
        finding.quantity().word(),
        finding.role().word(),
        finding.evidence().name().toLowerCase(Locale.ROOT),
        estimator(finding.source()),
        finding.value(),
        finding.interval().map(i -> new Line.Ends(i.lower(), i.upper())),
        finding.confidence(),
        finding.samples(),
        finding.prompts(),
        OptionalDouble.empty());
  }

  private static String estimator(Estimator source) {
    String betting = "betting:";
    return source.id().startsWith(betting)
        ? "betting: " + word(source.id().substring(betting.length()))
        : word(source.id());
  }

  private static String word(String id) {
    return ESTIMATORS.getOrDefault(id, "unknown: " + id);
  }

  /// What an analysis finds, and what it withholds: `quantity, estimator, n`.
  ///
  /// @param findings at each n, and at 0 those of rewind-and-repeat
  record Analysed(List<Line> findings, Set<String> withheld, List<Shown> prompts) {}

  /// A prompt's own numbers.
  ///
  /// @param best its largest reward and the completion that has it
  record Shown(String key, int draws, String best, List<Line> lines) {}

  static Analysed analysis(JsonNode pool, JsonNode settings, double confidence) {
    return analysis(
        Pools.samples(pool),
        new AnalysisQuestion(
            "r",
            settings.has("gold") ? Optional.of("gold") : Optional.empty(),
            number(settings, "threshold"),
            whole(settings, "grid"),
            settings.has("protocol")
                ? Protocol.of(settings.get("protocol").stringValue())
                : Protocol.SUBSETS),
        confidence);
  }

  static Analysed analysis(
      List<PromptDraws> prompts, AnalysisQuestion question, double confidence) {
    return analysis(
        Questions.of(question).measure(prompts::forEach, Runnable::run, 0), question, confidence);
  }

  static Analysed analysis(Measurements measured, AnalysisQuestion question, double confidence) {
    Analysis analysis = Analysis.of(measured, question, new Confidence(confidence));
    List<Line> lines = new ArrayList<>();
    analysis.curve().forEach(at -> at.findings().forEach(f -> lines.add(line(at.n(), f))));
    analysis.rewind().forEach(f -> lines.add(line(0, f)));
    Set<String> withheld = new TreeSet<>();
    analysis.withheld().forEach(one -> withheld.add(withheld(one)));
    return new Analysed(
        lines, withheld, analysis.byPrompt().stream().map(CoreFindings::shown).toList());
  }

  private static Shown shown(PromptCurves prompt) {
    List<Line> lines = new ArrayList<>();
    for (PromptCurves.Curve curve : prompt.curves()) {
      for (PromptCurves.Point point : curve.points()) {
        lines.add(
            new Line(
                "",
                point.n(),
                curve.quantity().word(),
                curve.role().word(),
                curve.evidence().name().toLowerCase(Locale.ROOT),
                estimator(curve.source()),
                point.value(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty()));
      }
    }
    PromptCurves.Best best = prompt.best().orElseThrow();
    String words = "%s by %s".formatted(best.reward(), best.text().orElse("?"));
    return new Shown(prompt.key(), prompt.draws(), words, lines);
  }

  /// What all draws of one prompt say of best-of-n at one n.
  static List<Line> pool(PromptDraws prompt, String reward, int n, double confidence) {
    double[] ranks =
        reward.equals("log-likelihood") ? prompt.logProbabilities() : prompt.ranks(reward);
    return PromptPool.of(reward, prompt.outcomes(), ranks, prompt.logProbabilities())
        .findings(n, new Confidence(confidence))
        .stream()
        .map(f -> line(n, f))
        .toList();
  }

  private static String withheld(Withheld one) {
    String at = one.n().isPresent() ? String.valueOf(one.n().getAsInt()) : "everywhere";
    return "%s, %s, %s".formatted(one.quantity().word(), estimator(one.source()), at);
  }

  static OptionalDouble number(JsonNode settings, String name) {
    return settings.has(name)
        ? OptionalDouble.of(settings.get(name).doubleValue())
        : OptionalDouble.empty();
  }

  private static List<Integer> whole(JsonNode settings, String name) {
    return settings.has(name)
        ? settings.get(name).values().stream().map(JsonNode::intValue).toList()
        : List.of();
  }
}
