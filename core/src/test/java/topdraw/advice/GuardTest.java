package topdraw.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Over-optimisation on purpose: the proxy is gold and an error. Where errors have a heavy tail the
/// highest scores are errors, and choosing less hard pays; where they are normal, nothing is
/// gained.
class GuardTest {
  private static List<Scored> prompts(int count, int draws, boolean heavy, RandomGenerator random) {
    List<Scored> prompts = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      var gold = new double[draws];
      var proxy = new double[draws];
      for (int i = 0; i < draws; i++) {
        gold[i] = random.nextGaussian();
        double error = random.nextGaussian();
        // Student's t with two degrees of freedom.
        proxy[i] = gold[i] + (heavy ? error / Math.sqrt(-Math.log(random.nextDouble())) : error);
      }
      prompts.add(new Scored(proxy, gold));
    }
    return prompts;
  }

  @Test
  void heavyTailedErrorsAreGuardedAgainst() {
    var random = Drawn.random(29);
    int shown = 0;
    double gained = 0;
    int runs = 4;
    for (int run = 0; run < runs; run++) {
      Advice.Row row = Guard.of(Drawn.of(prompts(200, 64, true, random))).rows().getFirst();
      Finding over = Drawn.find(row, Quantity.GOLD_OVER_PLAIN, Role.VALUE).orElseThrow();
      shown += over.interval().orElseThrow().lower() > 0 ? 1 : 0;
      gained += over.value() / runs;
    }
    assertThat(gained).isBetween(0.1, 0.4);
    assertThat(shown).isGreaterThanOrEqualTo(2);
  }

  @Test
  void lightTailedErrorsLeaveNothingToGuardAgainst() {
    var random = Drawn.random(31);
    int claimed = 0;
    for (int run = 0; run < 6; run++) {
      List<Scored> prompts = prompts(60, 16, false, random);
      for (Advice.Row row : Guard.of(Drawn.of(prompts)).rows().subList(0, 2)) {
        claimed +=
            Drawn.find(row, Quantity.GOLD_OVER_PLAIN, Role.VALUE)
                .filter(over -> over.interval().orElseThrow().lower() > 0)
                .map(_ -> 1)
                .orElse(0);
      }
    }
    assertThat(claimed).isLessThanOrEqualTo(1);
  }

  @Test
  void halvesChooseAndJudgeInTurn() {
    List<Advice.Row> rows = Guard.of(Drawn.of(prompts(40, 16, true, Drawn.random(37)))).rows();
    assertThat(rows.get(0).at()).containsEntry("half", 1.0);
    assertThat(rows.get(1).at()).containsEntry("half", 2.0);
    assertThat(rows.get(2).name()).contains("highest scores");
    // Below 3 a tail is heavy; these errors have the index 2.
    assertThat(Drawn.value(rows.get(2), Quantity.TAIL_INDEX)).isBetween(1.0, 3.0);
    assertThat(rows.get(0).findings().getFirst().prompts()).hasValue(20);
  }

  @Test
  void itNeedsBothRewards() {
    List<Scored> prompts = List.of(Drawn.rewards(1, 2), Drawn.rewards(1, 2));
    assertThat(Guard.of(Drawn.of(prompts)).refused()).hasSize(1);
  }
}
