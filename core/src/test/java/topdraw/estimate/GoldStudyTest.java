package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Overoptimization.Axis;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

class GoldStudyTest {
  /// The proxy is the gold reward plus an error that is rarely enormous: selection finds the
  /// errors. Longer answers fool it.
  private static PromptDraws prompt(int j, Random random, boolean hacked) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      boolean error = hacked && random.nextInt(40) == 0;
      double gold = error ? 0.2 * random.nextDouble() : random.nextDouble();
      drafts.add(
          Draft.of("o" + i)
              .logP(-200, Draft.EXACT)
              .reward("proxy", error ? 2 + random.nextDouble() : gold)
              .reward("gold", gold)
              .tokens(error ? 60 : 20));
    }
    return Draft.prompt("p" + j, drafts);
  }

  private static Overoptimization study(boolean hacked, Optional<Interval> range, long seed) {
    var random = new Random(seed);
    List<PromptDraws> prompts = new ArrayList<>();
    for (int j = 0; j < 60; j++) {
      prompts.add(prompt(j, random, hacked));
    }
    return study(range, seed, prompts);
  }

  private static Overoptimization study(
      Optional<Interval> range, long seed, List<PromptDraws> prompts) {
    var question = new GoldQuestion("proxy", "gold", range);
    Measurements measured = Questions.of(question).measure(prompts::forEach, Runnable::run, 0);
    return GoldStudy.of(measured, question, seed, Confidence.DEFAULT);
  }

  private static Finding find(List<Finding> findings, Quantity quantity, Role role) {
    return findings.stream()
        .filter(f -> f.quantity() == quantity && f.role() == role)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aHackedProxyPeaksEarlyAndMakesAnswersLonger() {
    Overoptimization study = study(true, Optional.of(new Interval(0, 1)), 4);
    Overoptimization.HoldOut held = study.holdOut().orElseThrow();

    assertThat(held.n()).isBetween(3, 24);
    assertThat(find(held.findings(), Quantity.GOLD_GAIN, Role.LOWER_BOUND).value()).isPositive();
    assertThat(find(held.findings(), Quantity.LENGTH_DRIFT, Role.VALUE).value()).isPositive();
    assertThat(find(study.points().getLast().findings(), Quantity.GOLD_REWARD, Role.VALUE).value())
        .isLessThan(0.5);
    assertThat(study.fits())
        .extracting(Overoptimization.Fit::axis)
        .containsExactly(Axis.ANALYTICAL, Axis.ESTIMATED);
    // A person is told of the drift that there is, not of the textbook's.
    assertThat(study.told()).extracting(Overoptimization.Fit::axis).containsExactly(Axis.ESTIMATED);
    assertThat(study.fits().getFirst().fit().peakIsMeasured()).isTrue();
  }

  @Test
  void anHonestProxyNeverStopsPaying() {
    Overoptimization study = study(false, Optional.empty(), 5);

    assertThat(study.holdOut().orElseThrow().n()).isEqualTo(64);
    assertThat(study.holdOut().orElseThrow().findings())
        .noneMatch(f -> f.role() == Role.LOWER_BOUND);
    for (Overoptimization.Point point : study.points()) {
      Finding gold = find(point.findings(), Quantity.GOLD_REWARD, Role.VALUE);
      double truth = point.n() / (point.n() + 1.0);
      Interval band = gold.interval().orElseThrow();
      assertThat(truth).as("n = %d", point.n()).isBetween(band.lower(), band.upper());
    }
  }

  @Test
  void goldOutsideItsRangeAndTooFewPromptsAreNamed() {
    List<PromptDraws> one = List.of(prompt(3, new Random(0), false));
    assertThatThrownBy(() -> study(Optional.of(new Interval(0, 0.5)), 0, one))
        .hasMessageContaining("'p3'")
        .hasMessageContaining("[0.0, 0.5]");
    assertThatThrownBy(() -> study(Optional.empty(), 0, one))
        .hasMessageContaining("at least two prompts");
    assertThatThrownBy(() -> new GoldQuestion("a", "a", Optional.empty()))
        .hasMessageContaining("another");
  }
}
