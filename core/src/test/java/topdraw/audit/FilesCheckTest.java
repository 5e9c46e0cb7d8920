package topdraw.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.audit.Verdict.Level;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.Place;
import topdraw.draw.PromptDraws;

/// Draws of one policy in several files are told from those of two.
class FilesCheckTest {
  @ParameterizedTest
  @CsvSource({
    "a.jsonl:12, a.jsonl",
    "a.jsonl:12[3], a.jsonl",
    "C:/x/a.json row 7, C:/x/a.json",
    "log.eval samples/q_epoch_1.json, log.eval samples/q_epoch_1.json",
    "just drawn, just drawn"
  })
  void aPlaceKnowsItsFile(String place, String file) {
    assertThat(Place.of(place).file()).isEqualTo(file);
    assertThat(Place.row("a.parquet", 7).file()).isEqualTo("a.parquet");
  }

  /// Two draws in one file, one in the other, all rewards different: of the three places of the
  /// lonely one the rank is 1, 2 or 3 with mean 2 and variance 2/3.
  @Test
  void theDistanceOfOneSmallPromptIsThatByHand() {
    var check = new FilesCheck("r");
    check.look(
        new PromptDraws(
            "q",
            Optional.empty(),
            List.of(
                Draft.of("x").reward("r", 1).at(0, "a:1"),
                Draft.of("y").reward("r", 2).at(1, "a:2"),
                Draft.of("z").reward("r", 5).at(2, "b:1"))),
        0);
    assertThat(check.apart("b")).isCloseTo(1 / Math.sqrt(2.0 / 3), within(1e-12));
    assertThat(check.apart("a")).isCloseTo(-1 / Math.sqrt(2.0 / 3), within(1e-12));
  }

  private static List<PromptDraws> prompts(Random random, int prompts, double first, double other) {
    List<PromptDraws> all = new ArrayList<>();
    for (int p = 0; p < prompts; p++) {
      double hard = random.nextDouble();
      List<Draw> draws = new ArrayList<>();
      int size = 3 + random.nextInt(6);
      for (int i = 0; i < size; i++) {
        boolean a = i < 1 + size / 3;
        boolean pass = random.nextDouble() < hard * (a ? first : other);
        draws.add(
            Draft.of("t" + random.nextInt(9))
                .reward("r", pass ? 1 : 0)
                .at(i, (a ? "a.jsonl:" : "b.jsonl:") + (p * 10 + i)));
      }
      all.add(new PromptDraws("q" + p, Optional.empty(), draws));
    }
    return all;
  }

  private static FilesCheck check(List<PromptDraws> prompts) {
    var check = new FilesCheck("r");
    for (int i = 0; i < prompts.size(); i++) {
      check.look(prompts.get(i), i);
    }
    return check;
  }

  /// The square of a standard normal number is 1 in the mean, and the mean of 600 strays by 0.06.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void underOnePolicyTheDistanceIsNormal(long seed) {
    var random = new Random(seed);
    double squares = 0;
    for (int run = 0; run < 600; run++) {
      FilesCheck check = check(prompts(random, 40, 1, 1));
      squares += check.apart("a.jsonl") * check.apart("a.jsonl") / 600;
      assertThat(check.verdict().orElseThrow().level()).isEqualTo(Level.OK);
    }
    assertThat(squares).isCloseTo(1, within(0.2));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void twoPoliciesAreRefused(long seed) {
    List<PromptDraws> prompts = prompts(new Random(seed), 300, 1, 0.4);
    Verdict verdict = check(prompts).verdict().orElseThrow();
    assertThat(verdict.level()).isEqualTo(Level.REFUSE);
    assertThat(verdict.withholds()).isEqualTo(Withholds.INDEPENDENCE);
    FilesCheck merged = check(prompts.subList(0, 100));
    merged.merge(check(prompts.subList(100, 300)));
    assertThat(merged.verdict()).contains(verdict);
  }

  @Test
  void aFileASampleAsksNothing() {
    List<Draw> draws = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      draws.add(Draft.of("t").reward("r", i).at(i, "log.eval samples/" + i + ".json"));
    }
    assertThat(check(List.of(new PromptDraws("q", Optional.empty(), draws))).verdict()).isEmpty();
  }
}
