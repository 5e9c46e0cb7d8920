package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Score;

class CombinationTest {

  @Test
  void aSumWeighsItsPartsAndAMinimumTakesTheWorst() {
    // log-likelihoods -1, -2; the pattern is in the second only.
    assertThat(Completions.score(Rewards.named("sum(0.5*log-likelihood, 3*regex:b)"), "a", "b"))
        .isEqualTo(Completions.values(-0.5, 2));
    assertThat(Completions.score(Rewards.named("min(log-likelihood, regex:b)"), "a", "b"))
        .isEqualTo(Completions.values(-1, -2));
    assertThat(
            Completions.score(
                Rewards.named("sum(min(regex:a, regex:b), -1*log-likelihood)"), "a", "ab"))
        .isEqualTo(Completions.values(1, 3));
  }

  @Test
  void punctuationInsideAPartNeedsQuotesOrParentheses() {
    assertThat(Completions.score(Rewards.named("sum(\"regex:a,b\", regex:c)"), "a,b", "c", "a"))
        .isEqualTo(Completions.values(1, 1, 0));
    assertThat(Completions.score(Rewards.named("min(regex:(a|b), regex:(,|c))"), "a,", "b"))
        .isEqualTo(Completions.values(1, 0));
    assertThat(
            Completions.score(Rewards.named("sum(2*\"regex:say \\\"a\\\"\\\\.\")"), "say \"a\"."))
        .isEqualTo(Completions.values(2));
  }

  @Test
  void aMissingPartMakesTheWholeMissing() {
    Reward broken = Rewards.named("process:no-such-program");
    Combined whole =
        new Combined(
            "sum",
            new Combined.Rule.WeightedSum(List.of(1.0, 0.0)),
            List.of(Rewards.logLikelihood(), broken));
    assertThat(Completions.score(whole, "a").getFirst())
        .isInstanceOfSatisfying(
            Score.Missing.class,
            missing -> assertThat(missing.reason()).startsWith("process:no-such-program: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum()",
        "sum(a,)",
        "sum(nothing)",
        "min(2*log-likelihood)",
        "sum(log-likelihood))",
        "sum(\"regex:a)",
        "min(regex:(, a)",
        "sum(1*)",
        "sum(1e999*log-likelihood)"
      })
  void aBrokenCombinationIsRefused(String spec) {
    assertThatThrownBy(() -> Rewards.named(spec)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theIdentityFollowsPartsAndWeights() {
    RewardIdentity one = Rewards.named("sum(2*log-likelihood, regex:a)").identity();
    assertThat(Rewards.named("sum(3*log-likelihood, regex:a)").identity().settingsSha256())
        .isNotEqualTo(one.settingsSha256());
    assertThat(Rewards.named("sum(2*log-likelihood,regex:a)").identity().settingsSha256())
        .isEqualTo(one.settingsSha256());
  }

  @Test
  void nestingIsBounded() {
    assertThat(Completions.score(Rewards.named(nested(50)), "a")).isEqualTo(Completions.values(-1));
    for (int depth : new int[] {51, 3_000}) {
      assertThatThrownBy(() -> Rewards.named(nested(depth)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("sums and minima nest at most 50 deep in a reward");
    }
  }

  @Test
  void soIsLength() {
    String wide = "sum(" + "log-likelihood,".repeat(7_000) + "log-likelihood)";
    assertThatThrownBy(() -> Rewards.named(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a reward is at most 100,000 characters long, was 105,019");
    assertThat(
            Completions.score(Rewards.named(wide.replaceFirst("(log-likelihood,){500}", "")), "a"))
        .isEqualTo(Completions.values(-6_501));
  }

  private static String nested(int depth) {
    return "min(".repeat(depth) + "log-likelihood" + ")".repeat(depth);
  }
}
