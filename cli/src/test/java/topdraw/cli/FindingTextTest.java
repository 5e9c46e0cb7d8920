package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;

class FindingTextTest {
  @Test
  void theSentencePutsTheTextbookBesideWhatWasSeen() {
    assertThat(FindingText.sentence(1.8350887, 0.3012, 0.2541))
        .isEqualTo(
            "The textbook says 1.84 nats; from what was seen it is at most 0.31 (estimate of an"
                + " upper bound: 0.26).");
    assertThat(FindingText.sentence(1.8350887, 1.8350886, 1.7))
        .isEqualTo(
            "The textbook says 1.84 nats; nothing that was seen proves less (estimate of an upper"
                + " bound: 1.70).");
  }

  @Test
  void everyLineCarriesItsEvidence() {
    assertThat(
            FindingText.line(
                Finding.theorem("kl", Role.UPPER_BOUND, 1.83508, "nats", "Thm 3.1", List.of())))
        .matches("KL divergence +at most 1.836 nats +theorem +Thm 3.1");
    assertThat(
            FindingText.line(
                Finding.estimate(
                    "win_rate",
                    Role.VALUE,
                    0.875,
                    "probability",
                    new Interval(0.85111, 0.90001),
                    0.95,
                    64,
                    "pooled",
                    List.of())))
        .matches("win rate +about 0.875 \\[0.8511, 0.9001] +estimate, 64 draws +pooled");
    assertThat(
            FindingText.line(
                Finding.estimate(
                    "kl",
                    Role.UPPER_BOUND,
                    1.2344,
                    "nats",
                    new Interval(1.1, 1.4),
                    0.95,
                    64,
                    "d*",
                    List.of())))
        .matches(
            "KL divergence +about 1.234 nats \\[1.1, 1.4] +estimate of an upper bound, 64 draws"
                + " +d\\*");
    assertThat(FindingText.line(Finding.exact("kl", 0.25, "nats", "Lemma 2.3")))
        .matches("KL divergence +0.25 nats +exact +Lemma 2.3");
  }
}
