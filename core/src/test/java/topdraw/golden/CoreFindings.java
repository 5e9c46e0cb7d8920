package topdraw.golden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisSettings;
import topdraw.estimate.Analyzer;
import topdraw.estimate.PromptCurves;
import topdraw.estimate.PromptPool;
import topdraw.estimate.Protocol;
import topdraw.estimate.Withheld;
import topdraw.theory.finding.Finding;

/// The one place where the program's own types become [Line]s: what changes there, changes here.
final class CoreFindings {
  /// The only confidence that an analysis, a pool, a round or a gold study has.
  private static final Set<Double> FIXED = Set.of(0.95);

  /// The program's sources, by the short words of the resources.
  private static final Map<String, String> ESTIMATORS = new HashMap<>();

  static {
    ESTIMATORS.put("textbook: log n - (n-1)/n, Theorem 3.1", "textbook");
    ESTIMATORS.put("textbook: n/(n+1), Theorem 5.3", "textbook");
    ESTIMATORS.put("every subset of n draws, unbiased", "subsets");
    ESTIMATORS.put("the first n draws only, as noisy as if no more were drawn", "first-n");
    ESTIMATORS.put("n draws with replacement, biased low", "bootstrap");
    ESTIMATORS.put("pool_win_rate, ties half, unbiased", "pool_win_rate");
    ESTIMATORS.put("seen-mass bound of each prompt", "seen-mass");
    ESTIMATORS.put("pool_kl_upper", "pool_kl_upper");
    ESTIMATORS.put("eq. (25), pooled", "eq. (25)");
    ESTIMATORS.put("d*, pooled", "d*");
    ESTIMATORS.put("pool_kl", "pool_kl");
    ESTIMATORS.put("pool_kl from equal rewards alone", "pool_kl, levels");
    ESTIMATORS.put("n times the mean length", "n times the mean");
    ESTIMATORS.put("slowest of n at once, unbiased", "slowest of n");
    ESTIMATORS.put("pool_kl_upper of the clipped reward", "clipped pool_kl_upper");
    ESTIMATORS.put("pool_kl of the clipped reward", "clipped pool_kl");
    ESTIMATORS.put(
        "pool_kl of the clipped reward, from equal rewards alone", "clipped pool_kl, levels");
    ESTIMATORS.put("share of draws at the threshold, unbiased", "share passing");
    ESTIMATORS.put("1 - z/2, ties half, unbiased", "1 - z/2");
    ESTIMATORS.put("-log z, plug-in, biased high", "-log z");
    ESTIMATORS.put("1/z, plug-in, biased high", "1/z");
    ESTIMATORS.put("eq. (25), Theorem T1, pooled", "eq. (25)");
    ESTIMATORS.put("d*, Theorem T1, pooled", "d*");
    ESTIMATORS.put("pooled, unbiased, ties half", "pool_win_rate");
    ESTIMATORS.put("seen-mass bound, from the probabilities of what was drawn", "seen-mass");
    ESTIMATORS.put("(25) at the likeliest completion seen, Corollary 4.2", "likeliest seen");
    ESTIMATORS.put("exact geometric bound on the pass rate, Lemma 6.2", "geometric");
    ESTIMATORS.put("unbiased, Theorem 6.3", "harmonic");
    ESTIMATORS.put("best-of-Poisson of continuous rewards", "poisson");
    ESTIMATORS.put("K_n for each of the most blocks, Theorem B.1", "most blocks");
    ESTIMATORS.put("K_n for each block, Theorem B.1", "lengths");
    ESTIMATORS.put("d*_n of each block, Theorem 12", "blocks");
    ESTIMATORS.put("betting, fixed-sequence", "betting, fixed-sequence");
    ESTIMATORS.put("Theorem 3.1, every reference", "Theorem 3.1");
    ESTIMATORS.put("the method itself", "the method itself");
    ESTIMATORS.put("lower end of a t interval over prompts", "t, lower end");
    ESTIMATORS.put("pilot", "pilot");
    ESTIMATORS.put("pilot, second half of the draws", "pilot, second half");
    ESTIMATORS.put("Theorems 3.1 and 5.3", "Theorems 3.1 and 5.3");
    ESTIMATORS.put("early stop is best-of-n of the clipped reward", "clipped reward");
    ESTIMATORS.put("Lemma 6.2", "Lemma 6.2");
    ESTIMATORS.put("closed forms, data processing", "poisson");
    ESTIMATORS.put("law on the recorded samples as an outcome table", "outcome table");
    ESTIMATORS.put("every subset of n draws; the band holds all n at once", "subsets, band");
    ESTIMATORS.put("every subset of n draws", "subsets");
    ESTIMATORS.put("betting, the stated range", "betting, stated range");
    ESTIMATORS.put(
        "least squares on the drift axis: analytical, percentile bootstrap over prompts",
        "least squares");
    ESTIMATORS.put(
        "least squares on the drift axis: estimated (pool_kl), percentile bootstrap over prompts",
        "least squares");
    ESTIMATORS.put("how often others meet the winner's reward", "betting: levels met");
    ESTIMATORS.put("how seldom two rewards are equal", "betting: levels missed");
  }

  /// Those whose findings do not say how many prompts are behind them.
  private static final Set<String> SILENT_ON_PROMPTS =
      Set.of("subsets, band", "betting, stated range", "least squares", "t, lower end");

  private static final Pattern PROMPTS =
      Pattern.compile("(?:, mean over|,| over) (\\d+) prompts?(?=$|,)");

  private CoreFindings() {}

  /// Whether an analysis can be asked at a confidence.
  static boolean offers(double confidence) {
    return FIXED.contains(confidence);
  }

  /// Whether a finding of the program tells how many prompts are behind it.
  static boolean tellsPrompts(Line line) {
    return !SILENT_ON_PROMPTS.contains(line.estimator());
  }

  static Line line(int n, Finding finding) {
    String source = finding.source();
    OptionalLong prompts = OptionalLong.empty();
    Matcher matcher = PROMPTS.matcher(source);
    if (matcher.find()) {
      prompts = OptionalLong.of(Long.parseLong(matcher.group(1)));
      source = source.substring(0, matcher.start()) + source.substring(matcher.end());
    }
    return new Line(
        "",
        n,
        finding.quantity(),
        finding.role().word(),
        finding.evidence().name().toLowerCase(Locale.ROOT),
        estimator(source),
        finding.value(),
        finding.interval().map(i -> new Line.Ends(i.lower(), i.upper())),
        finding.confidence(),
        finding.samples(),
        prompts,
        OptionalDouble.empty());
  }

  private static String estimator(String source) {
    String betting = "betting on ";
    String continuous = "; for continuous rewards";
    if (source.endsWith(continuous)) {
      return estimator(source.substring(0, source.length() - continuous.length())) + ", continuous";
    }
    return source.startsWith(betting)
        ? "betting: " + estimator(source.substring(betting.length()))
        : Optional.ofNullable(ESTIMATORS.get(source)).orElse("unknown: " + source);
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
        new AnalysisSettings(
            "r",
            settings.has("gold") ? Optional.of("gold") : Optional.empty(),
            number(settings, "threshold"),
            whole(settings, "grid"),
            settings.has("protocol")
                ? Protocol.of(settings.get("protocol").stringValue())
                : Protocol.SUBSETS));
  }

  static Analysed analysis(List<PromptDraws> prompts, AnalysisSettings settings) {
    var analyzer = new Analyzer(settings);
    do {
      prompts.forEach(analyzer::add);
    } while (analyzer.again());
    Analysis analysis = analyzer.result();
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
                curve.quantity(),
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
  static List<Line> pool(PromptDraws prompt, String reward, int n) {
    double[] ranks =
        reward.equals("log-likelihood") ? prompt.logProbabilities() : prompt.ranks(reward);
    return PromptPool.of(reward, prompt.outcomes(), ranks, prompt.logProbabilities())
        .findings(n)
        .stream()
        .map(f -> line(n, f))
        .toList();
  }

  private static String withheld(Withheld one) {
    String at = one.n().isPresent() ? String.valueOf(one.n().getAsInt()) : "everywhere";
    return "%s, %s, %s".formatted(one.quantity(), estimator(one.source()), at);
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
