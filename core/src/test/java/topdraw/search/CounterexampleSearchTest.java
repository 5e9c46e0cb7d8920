package topdraw.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.bound.Claim;
import topdraw.theory.bound.Tradeoff;
import topdraw.theory.law.Law;
import topdraw.theory.law.Selection;

class CounterexampleSearchTest {
  private static final Duration ENOUGH = Duration.ofMinutes(5);

  private static CounterexampleSearch.Result search(Claim claim, long seed, int rounds)
      throws InterruptedException {
    return new CounterexampleSearch(claim, seed).run(ENOUGH, rounds, (done, worst) -> {});
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void theConjectureThatIsFalseIsRefutedAtOnce(long seed) throws InterruptedException {
    CounterexampleSearch.Result result = search(Claim.CONJECTURE_7_2, seed, 3);
    assertThat(result.refutes()).isTrue();
    Trial worst = result.worst();
    Law law = Law.of(new Selection.BestOfN(worst.n()), worst.table());
    assertThat(law.winRate()).isGreaterThan(Tradeoff.conjecturedWinRate(law.kl()));
  }

  static EnumSet<Claim> standing() {
    return EnumSet.complementOf(EnumSet.of(Claim.CONJECTURE_7_2));
  }

  @ParameterizedTest
  @MethodSource("standing")
  void whatIsProvenIsNotRefuted(Claim claim) throws InterruptedException {
    CounterexampleSearch.Result result = search(claim, 1, 2);
    assertThat(result.refutes()).as("%s, seed 1: %s", claim, result.worst()).isFalse();
    assertThat(result.rounds()).isEqualTo(2);
  }

  @Test
  void theSameSeedAndRoundsFindTheSameTable() throws InterruptedException {
    Trial once = search(Claim.CONJECTURE_4_4, 5, 3).worst();
    Trial again = search(Claim.CONJECTURE_4_4, 5, 3).worst();
    assertThat(again.n()).isEqualTo(once.n());
    assertThat(again.logWeights()).isEqualTo(once.logWeights());
    assertThat(search(Claim.CONJECTURE_4_4, 6, 3).worst().logWeights())
        .isNotEqualTo(once.logWeights());
  }
}
