package topdraw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.audit.Verdict.Level;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;

/// Replays without log-probabilities are seen, and honest draws are not accused: the share of false
/// alarms is measured against what is stated.
class ReplayCheckTest {
  private static final String LONG = "An answer of a fair length, word for word, to question ";

  /// Laws of honest draws; each prompt has its own.
  private enum Honest {
    YES_NO,
    EASY_YES_NO,
    ONE_TOKEN,
    PASS_FAIL,
    FREE_TEXT,
    OFTEN_ONE_LONG;

    Function<Random, String> ofPrompt(int j, Random random) {
      double p =
          switch (this) {
            case YES_NO -> random.nextDouble();
            case EASY_YES_NO -> 0.9 + random.nextDouble() / 10;
            default -> 0.2 + 0.6 * random.nextDouble();
          };
      return switch (this) {
        case YES_NO, EASY_YES_NO -> r -> r.nextDouble() < p ? "Yes" : "No";
        case PASS_FAIL -> r -> r.nextDouble() < p ? "pass" : "fail";
        case ONE_TOKEN -> r -> "t" + (int) (1 / (0.05 + r.nextDouble()));
        case FREE_TEXT -> r -> LONG + j + ": " + r.nextLong();
        case OFTEN_ONE_LONG ->
            r -> LONG + j + (r.nextDouble() < p / 4 ? "." : ": " + r.nextInt(40));
      };
    }
  }

  private static List<List<String>> pool(Honest law, int prompts, int draws, Random random) {
    List<List<String>> pool = new ArrayList<>();
    for (int j = 0; j < prompts; j++) {
      Function<Random, String> draw = law.ofPrompt(j, random);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < draws; i++) {
        texts.add(draw.apply(random));
      }
      pool.add(texts);
    }
    return pool;
  }

  private static Verdict verdict(List<List<String>> pool) {
    var check = new ReplayCheck();
    for (int j = 0; j < pool.size(); j++) {
      check.look(prompt(j, pool.get(j)), j);
    }
    return check.verdict().orElseThrow();
  }

  private static PromptDraws prompt(int j, List<String> texts) {
    return Draft.prompt("p" + j, texts.stream().map(Draft::of).toList());
  }

  private static List<List<String>> each(
      List<List<String>> pool, Function<List<String>, List<String>> change) {
    return pool.stream().map(change).toList();
  }

  private static List<String> twice(List<String> texts) {
    List<String> both = new ArrayList<>(texts);
    both.addAll(texts);
    return both;
  }

  /// Of 500 pools of each law, seeds 0 to 499, at most one in a thousand is to be accused; three of
  /// 500 would be a chance of one in sixty.
  @ParameterizedTest
  @EnumSource(Honest.class)
  void honestDrawsAreNotAccused(Honest law) {
    int alarms = 0;
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      int prompts = 1 + random.nextInt(30);
      int draws = 2 + random.nextInt(14);
      alarms += verdict(pool(law, prompts, draws, random)).level() == Level.OK ? 0 : 1;
    }
    assertThat(alarms).as("%s", law).isLessThanOrEqualTo(2);
  }

  /// The evidence is an e-value: its mean over honest pools is 1.
  @Test
  void evidenceOfCopiesHasMeanOneUnderHonestDraws() {
    double copied = 0;
    double grouped = 0;
    int trials = 40_000;
    for (int t = 0; t < trials; t++) {
      var random = new Random(t);
      var order = new CopiedOrder();
      for (int j = 0; j < 2; j++) {
        order.look(IntStream.range(0, 4).map(_ -> random.nextInt(2)).toArray());
      }
      copied += Math.exp(order.logCopied()) / trials;
      grouped += Math.exp(order.logGrouped()) / trials;
    }
    assertThat(copied).isBetween(0.97, 1.03);
    assertThat(grouped).isBetween(0.97, 1.03);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void aFileAppendedTwiceIsRefusedWhateverItsTexts(long seed) {
    var random = new Random(seed);
    for (Honest law : List.of(Honest.FREE_TEXT, Honest.ONE_TOKEN, Honest.YES_NO)) {
      List<List<String>> once = pool(law, 40, 8, random);
      assertThat(verdict(each(once, ReplayCheckTest::twice)).level())
          .as("%s, seed %d", law, seed)
          .isEqualTo(Level.REFUSE);
      assertThat(verdict(once).level()).isEqualTo(Level.OK);
    }
  }

  @Test
  void aRunThatWasTakenUpAgainIsRefused() {
    List<List<String>> once = pool(Honest.FREE_TEXT, 10, 4, new Random(0));
    Verdict tail =
        verdict(
            each(
                once,
                texts -> {
                  List<String> more = new ArrayList<>(texts);
                  more.addAll(texts.subList(2, 4));
                  return more;
                }));
    assertThat(tail.level()).isEqualTo(Level.REFUSE);
    assertThat(tail.places()).isNotEmpty();
    Verdict head =
        verdict(
            each(
                once,
                texts -> {
                  List<String> more = new ArrayList<>(texts);
                  more.addAll(texts.subList(0, 3));
                  return more;
                }));
    assertThat(head.level()).isEqualTo(Level.REFUSE);
  }

  @Test
  void halfOfTheDrawsFromACacheAreAWarningInAnyOrder() {
    List<List<String>> pool = new ArrayList<>();
    for (int j = 0; j < 20; j++) {
      List<String> texts = new ArrayList<>(Collections.nCopies(6, LONG + j));
      for (int i = 0; i < 6; i++) {
        texts.add(LONG + j + ", another one: " + i);
      }
      pool.add(texts);
    }
    Verdict inOrder = verdict(pool);
    assertThat(inOrder.level()).isEqualTo(Level.WARN);
    assertThat(inOrder.reason()).contains("side by side");
    var random = new Random(1);
    Verdict mixed =
        verdict(
            each(
                pool,
                texts -> {
                  List<String> other = new ArrayList<>(texts);
                  Collections.shuffle(other, random);
                  return other;
                }));
    assertThat(mixed.level()).isEqualTo(Level.WARN);
    assertThat(mixed.reason()).contains("20 prompts one long text comes again and again");
  }

  /// A stock answer is the same for every prompt: no cache of prompts gives it.
  @Test
  void aStockAnswerIsNoReplay() {
    var random = new Random(3);
    List<List<String>> pool = new ArrayList<>();
    for (int j = 0; j < 20; j++) {
      List<String> texts = new ArrayList<>(Collections.nCopies(5, LONG));
      for (int i = 0; i < 5; i++) {
        texts.add(LONG + random.nextLong());
      }
      Collections.shuffle(texts, random);
      pool.add(texts);
    }
    assertThat(verdict(pool).level()).isEqualTo(Level.OK);
  }

  @Test
  void oneAnswerToEveryPromptIsNeverCalledFine() {
    List<List<String>> cached =
        IntStream.range(0, 20).mapToObj(j -> Collections.nCopies(4, LONG + j)).toList();
    assertThat(verdict(cached).level()).isEqualTo(Level.WARN);
    assertThat(verdict(cached).reason()).contains("every prompt got one answer again and again");
    List<List<String>> brief =
        IntStream.range(0, 40).mapToObj(j -> Collections.nCopies(8, "answer " + j)).toList();
    assertThat(verdict(brief).level()).isEqualTo(Level.WARN);

    Verdict few = verdict(List.of(Collections.nCopies(8, "Yes."), List.of("Yes.", "No.")));
    assertThat(few.level()).isEqualTo(Level.OK);
    assertThat(few.reason()).startsWith("1 prompt of 2 got one answer again and again");
  }

  @Test
  void whatWasSeenDoesNotDependOnTheOrderOfMerging() {
    List<List<String>> pool =
        each(pool(Honest.ONE_TOKEN, 12, 6, new Random(9)), ReplayCheckTest::twice);
    List<ReplayCheck> parts = new ArrayList<>();
    for (int j = 0; j < pool.size(); j++) {
      var part = new ReplayCheck();
      part.look(prompt(j, pool.get(j)), j);
      parts.add(part);
    }
    Collections.shuffle(parts, new Random(2));
    var merged = new ReplayCheck();
    parts.forEach(merged::merge);
    assertThat(merged.verdict()).contains(verdict(pool));
  }

  /// Every order of some answers, counted.
  @Test
  void theChanceOfACopyIsTheShareOfOrdersThatAreOne() {
    int[] outcomes = {0, 0, 1, 1, 2, 3};
    long pairs = 0;
    long orders = 0;
    for (int[] order : orders(outcomes)) {
      orders++;
      pairs += order[4] == order[2] && order[5] == order[3] ? 1 : 0;
    }
    assertThat((double) pairs / orders).isEqualTo(4.0 / 180);
    var order = new CopiedOrder();
    order.look(new int[] {0, 1, 2, 3, 2, 3});
    // Of 17 ways this one has 1/2 + 1/2 · 45, three others could be and are not, 13 could not be.
    assertThat(Math.exp(order.logCopied())).isCloseTo((23 + 3 * 0.5 + 13) / 17, within());
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }

  private static List<int[]> orders(int[] outcomes) {
    List<int[]> orders = new ArrayList<>();
    permute(outcomes.clone(), 0, orders);
    return orders.stream().map(Arrays::toString).distinct().map(ReplayCheckTest::parse).toList();
  }

  private static int[] parse(String order) {
    return Arrays.stream(order.substring(1, order.length() - 1).split(", "))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static void permute(int[] left, int from, List<int[]> orders) {
    if (from == left.length) {
      orders.add(left.clone());
      return;
    }
    for (int i = from; i < left.length; i++) {
      int[] next = left.clone();
      next[from] = left[i];
      next[i] = left[from];
      permute(next, from + 1, orders);
    }
  }
}
