package topdraw.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import topdraw.reference.Provenance;
import topdraw.reference.Sampling;
import topdraw.report.figure.Band;
import topdraw.report.figure.Curve;
import topdraw.report.figure.PromptFigure;
import topdraw.report.figure.PromptPanel;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// A report like a real run's: four prompts, two rewards, a pool of 64 completions each. The curves
/// have the right shapes, their numbers are made up.
final class SampleReport {
  static final String HOSTILE =
      "</script><img src=x onerror=\"document.title='owned'\"><!-- {{x}} \u2028 \u0000 \u001b[31m \u202e & ' \"";

  private static final int POOL = 64;

  private SampleReport() {}

  static Report of(String bestCompletion) {
    return titled("What the best of n costs: SmolLM2-135M-Instruct", bestCompletion);
  }

  static Report titled(String title, String bestCompletion) {
    return new Report(
        title,
        "Four prompts were each answered 64 times, and the best of 16 was kept. The textbook says that"
            + " this moves the model by 1.835 nats, whatever the prompt. From what was drawn, it is far less"
            + " where answers repeat, and about that much where they never do.",
        Optional.empty(),
        List.of(
            figure("Figure 4: reward log-likelihood", true, bestCompletion),
            figure("Figure 5: reward negative length", false, bestCompletion)),
        new Provenance(
            "SmolLM2-135M-Instruct",
            Map.of(
                "model SHA-256",
                "9f2c1e07b6d4a5138e0f7c2b4d6a8091e3f5a7c9b1d3e5f708192a3b4c5d6e7f"),
            Sampling.plain(64),
            7),
        Map.of("Topdraw", "0.1.0"),
        "2026-11-24T00:00:00Z",
        List.of(
            "A pool of N = 64 completions gives every n from 1 to 64: each estimate averages over all subsets of"
                + " n completions. Beyond n = 16 few independent maxima are left, so estimates are dashed.",
            "The seen-mass bound holds for the pool in hand, whatever was drawn."));
  }

  private static PromptFigure figure(String title, boolean likelihood, String best) {
    return new PromptFigure(
        title,
        "KL divergence of the best of n from the model itself, in nats, and how often the best of n beats a"
            + " single completion. Where curves lie together, the textbook number is the truth.",
        List.of(
            panel(
                "Transform the following sentence into a yes/no question. It is going to rain tomorrow.",
                likelihood ? 0.06 : 0.02,
                likelihood,
                best),
            panel("Describe the function of a computer motherboard.", 1e-40, likelihood, best),
            panel("What is the capital of France?", likelihood ? 0.3 : 0.12, likelihood, best),
            panel("Give three tips for staying healthy.", 1e-30, likelihood, best)));
  }

  private static PromptPanel panel(String title, double epsilon, boolean likelihood, String best) {
    List<Curve> kl = new ArrayList<>();
    kl.add(kl("textbook K_n", Evidence.THEOREM, SampleReport::textbook));
    kl.add(kl("(23), pooled", Evidence.ESTIMATE, n -> Math.min(textbook(n), -Math.log(epsilon))));
    kl.add(kl("(25), pooled", Evidence.ESTIMATE, n -> bound(n, epsilon)));
    kl.add(kl("d*, pooled", Evidence.ESTIMATE, n -> 0.985 * bound(n, epsilon)));
    kl.add(kl("seen-mass bound", Evidence.THEOREM, n -> bound(n, epsilon * 0.8)));
    if (likelihood) {
      kl.add(kl("better upper bound", Evidence.THEOREM, n -> bound(n, epsilon * 0.9)));
    }
    return new PromptPanel(
        title,
        POOL / 4,
        kl,
        Optional.of(
            new Band(
                "(25), tilted min to max",
                values(POOL, n -> bound(n, Math.min(1, epsilon * 2.5))),
                values(POOL, n -> bound(n, epsilon / 2.5)))),
        List.of(
            new Curve(
                "textbook n/(n+1)",
                Evidence.THEOREM,
                Role.UPPER_BOUND,
                values(POOL, n -> n / (n + 1.0))),
            new Curve(
                "pooled win rate",
                Evidence.ESTIMATE,
                Role.VALUE,
                values(
                    POOL - 1,
                    n -> n / (n + 1.0) - (likelihood ? 0 : 0.2) * epsilon * Math.log(n)))),
        16,
        findings(epsilon),
        "The textbook says 1.835 nats; from what was seen it is at most %.3f."
            .formatted(bound(16, epsilon * 0.8)),
        best,
        likelihood ? "" : "Many completions are equally long; of equals the first drawn wins.");
  }

  private static List<Finding> findings(double epsilon) {
    List<String> honest = List.of("the recorded log-probabilities are those of the sampled law");
    double sharp = 0.985 * bound(16, epsilon);
    return List.of(
        Finding.theorem(
            Quantity.KL,
            Role.UPPER_BOUND,
            textbook(16),
            new Estimator("textbook_kl", "K_n, Theorem 3.1"),
            List.of()),
        Finding.theorem(
            Quantity.KL,
            Role.UPPER_BOUND,
            bound(16, epsilon * 0.8),
            new Estimator("seen_mass", "seen-mass bound"),
            honest),
        estimate(Quantity.KL, Role.UPPER_BOUND, sharp, new Estimator("sharp", "d* over the pool")),
        estimate(
            Quantity.KL,
            Role.UPPER_BOUND,
            bound(16, epsilon),
            new Estimator("bound", "(25) over the pool")),
        estimate(
            Quantity.WIN_RATE,
            Role.VALUE,
            16 / 17.0 - 0.2 * epsilon,
            new Estimator("win_rate", "pooled win rate")),
        Finding.theorem(
            Quantity.WIN_RATE,
            Role.UPPER_BOUND,
            16 / 17.0,
            new Estimator("textbook_win_rate", "n/(n+1), Lemma 5.1"),
            List.of()));
  }

  private static Finding estimate(Quantity quantity, Role role, double value, Estimator source) {
    return Finding.estimate(
        quantity,
        role,
        value,
        new Interval(value * 0.93, value * 1.04),
        Confidence.DEFAULT,
        POOL,
        source,
        List.of());
  }

  private static Curve kl(String name, Evidence evidence, IntToDoubleFunction value) {
    return new Curve(name, evidence, Role.UPPER_BOUND, values(POOL, value));
  }

  private static double[] values(int last, IntToDoubleFunction value) {
    return IntStream.rangeClosed(1, last).mapToDouble(value).toArray();
  }

  static double textbook(int n) {
    return Math.log(n) - (n - 1.0) / n;
  }

  private static double bound(int n, double epsilon) {
    if (n == 1 || epsilon == 1) {
      return 0;
    }
    double missed = Math.pow(1 - epsilon, n);
    double hit = -Math.expm1(n * Math.log1p(-epsilon));
    return missed * (textbook(n) + (n - 1) * Math.log1p(-epsilon)) + hit * Math.log(hit / epsilon);
  }
}
