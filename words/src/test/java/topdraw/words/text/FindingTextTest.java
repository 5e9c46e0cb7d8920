package topdraw.words.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

class FindingTextTest {
  @Test
  void theSentencePutsTheTextbookBesideWhatWasSeen() {
    assertThat(DriftText.sentence(1.8350887, 0.30121, 0.25414))
        .isEqualTo(
            "The textbook says at most 1.836 nats; from what was seen it is at most 0.3013 (estimate"
                + " of an upper bound: 0.2541).");
    assertThat(DriftText.sentence(1.8350887, 1.8350886, 1.7))
        .isEqualTo(
            "The textbook says at most 1.836 nats; nothing that was seen proves less (estimate of an"
                + " upper bound: 1.7).");
    assertThat(DriftText.estimate(0.25414)).isEqualTo("The drift is about 0.2541 nats (estimate).");
  }

  @Test
  void everyLineCarriesItsEvidence() {
    assertThat(
            FindingText.line(
                Finding.theorem(Quantity.KL, Role.UPPER_BOUND, 1.83508, as("Thm 3.1"), List.of())))
        .matches("KL divergence +at most 1.836 nats +theorem +Thm 3.1");
    assertThat(
            FindingText.line(
                Finding.estimate(
                    Quantity.WIN_RATE,
                    Role.VALUE,
                    0.875,
                    new Interval(0.85111, 0.90001),
                    Confidence.DEFAULT,
                    64,
                    as("pooled"),
                    List.of())))
        .matches("win rate +about 0.875 \\[0.8511, 0.9001] +estimate, 64 draws +pooled");
    assertThat(
            FindingText.line(
                Finding.estimate(
                    Quantity.KL,
                    Role.UPPER_BOUND,
                    1.2344,
                    new Interval(1.1, 1.4),
                    Confidence.DEFAULT,
                    64,
                    as("d*"),
                    List.of())))
        .matches(
            "KL divergence +about 1.234 nats \\[1.1, 1.4] +estimate of an upper bound, 64 draws"
                + " +d\\*");
    assertThat(FindingText.line(Finding.exact(Quantity.KL, 0.25, as("Lemma 2.3"))))
        .matches("KL divergence +0.25 nats +exact +Lemma 2.3");
  }

  private static Estimator as(String title) {
    return new Estimator("any", title);
  }
}
