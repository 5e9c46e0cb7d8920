package topdraw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topdraw.audit.Verdict.Level;
import topdraw.draw.Draft;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.PromptDraws;

/// Each check: data on which it fires, and data on which it must not.
class AuditTest {
  private static final String LONG =
      "The capital of France is Paris, and has been for a long time now.";

  private static List<Verdict> audit(PromptDraws... prompts) {
    var audit = new Audit(List.of("r"));
    for (int i = 0; i < prompts.length; i++) {
      audit.look(prompts[i], i);
    }
    return audit.verdicts(List.of("r"));
  }

  private static Optional<Verdict> find(String check, PromptDraws... prompts) {
    return audit(prompts).stream().filter(v -> v.check().equals(check)).findFirst();
  }

  private static void assertFine(String check, PromptDraws... prompts) {
    assertThat(find(check, prompts)).get().extracting(Verdict::level).isEqualTo(Level.OK);
  }

  private static void assertRefused(Withholds what, String check, PromptDraws... prompts) {
    Verdict verdict = find(check, prompts).orElseThrow();
    assertThat(verdict.level()).isEqualTo(Level.REFUSE);
    assertThat(verdict.places()).isNotEmpty();
    assertThat(Audit.refusal(audit(prompts), what)).isPresent();
  }

  private static void assertWarned(String check, PromptDraws... prompts) {
    List<Verdict> verdicts = audit(prompts);
    assertThat(find(check, prompts)).get().extracting(Verdict::level).isEqualTo(Level.WARN);
    assertThat(verdicts.stream().filter(v -> v.check().equals(check)))
        .allMatch(v -> v.withholds() == Withholds.NOTHING);
  }

  private static Draft exact(String text, double p) {
    return Draft.of(text).logP(Math.log(p), Draft.EXACT);
  }

  private static PromptDraws prompt(Draft... drafts) {
    return Draft.prompt("q", drafts);
  }

  @Test
  void equalCompletionsWithOtherRewardsLetNoProbabilityProveAnything() {
    assertRefused(
        Withholds.LOG_PROBABILITIES,
        "reward agreement r",
        prompt(exact("a", 0.2).reward("r", 1), exact("a", 0.2).reward("r", 2)));
    assertThat(
            find(
                "reward agreement r",
                prompt(exact("a", 0.2).reward("r", 1), exact("a", 0.2).reward("r", 1)),
                prompt(exact("a", 0.2).reward("r", 1), exact("b", 0.2).reward("r", 2)),
                prompt(exact("a", 0.2).reward("r", 1), exact("a", 0.2)),
                prompt(Draft.of("a").reward("r", 1), Draft.of("a").reward("r", 2))))
        .isEmpty();
  }

  @Test
  void oneDrawOfEveryPromptIsRefusedOfSomePromptsAWarning() {
    PromptDraws one = prompt(Draft.of("a"));
    PromptDraws two = prompt(Draft.of("a"), Draft.of("b"));
    assertRefused(Withholds.SEVERAL_DRAWS, "draws per prompt", one, one);
    assertThat(Audit.refusal(audit(one, one), Withholds.INDEPENDENCE)).isEmpty();
    assertWarned("draws per prompt", one, two);
    assertFine("draws per prompt", two, two);
  }

  @ParameterizedTest
  @EnumSource(value = Doubt.class, mode = EnumSource.Mode.EXCLUDE, names = "IMPOSSIBLE")
  void logProbabilitiesThatMayBeTooLargeAreRefused(Doubt doubt) {
    assertRefused(
        Withholds.LOG_PROBABILITIES,
        "log-probability meaning",
        prompt(
            Draft.of("a").logP(-3, nats -> new Unproven(nats, doubt)),
            Draft.of("b").logP(-3, nats -> new Unproven(nats, doubt))));
  }

  @Test
  void logProbabilitiesThatAreNotTooLargeAreFine() {
    assertFine("log-probability meaning", prompt(exact("a", 0.1), exact("b", 0.1)));
    assertFine(
        "log-probability meaning", prompt(exact("a", 0.1), Draft.of("b").logP(-3, Draft.AT_MOST)));
    assertThat(
            find(
                    "log-probability meaning",
                    prompt(exact("a", 0.1), Draft.of("b").logP(-3, Draft.AT_MOST)))
                .orElseThrow()
                .reason())
        .contains("at most");
  }

  @Test
  void aMarginThatWasTakenOffIsNamedByItsLargest() {
    PromptDraws first =
        prompt(
            Draft.of("a").logP(-3, nats -> margin(nats, 5e-4)),
            Draft.of("b").logP(-3, Draft.AT_MOST));
    PromptDraws second =
        prompt(exact("a", 0.1), Draft.of("b").logP(-3, nats -> margin(nats, 1e-3)));
    assertThat(find("log-probability meaning", first).orElseThrow().reason())
        .endsWith("with a margin of 0.0005 nats a token taken off");
    assertThat(find("log-probability meaning", first, second).orElseThrow().reason())
        .endsWith("with a margin of 0.001 nats a token taken off");
    assertThat(
            find(
                    "log-probability meaning",
                    prompt(Draft.of("a").logP(-3, nats -> margin(nats, 5e-4)), Draft.of("b")))
                .orElseThrow()
                .reason())
        .startsWith("1 sample without a log-probability")
        .endsWith("with a margin of 0.0005 nats a token taken off");
  }

  private static LogProbability margin(double nats, double perToken) {
    return LogProbability.atMost(nats, new LogProbability.AtMost.Reason.Margin(perToken));
  }

  @Test
  void oneDoubtfulLogProbabilityAmongGoodOnesIsEnoughToRefuse() {
    assertRefused(
        Withholds.LOG_PROBABILITIES,
        "log-probability meaning",
        prompt(exact("a", 0.1), Draft.of("b").logP(-3, Draft.UNKNOWN)));
  }

  @Test
  void noLogProbabilityAtAllIsRefusedAFewMissingAreAWarning() {
    assertRefused(
        Withholds.LOG_PROBABILITIES,
        "log-probability meaning",
        prompt(Draft.of("a"), Draft.of("b")));
    assertWarned("log-probability meaning", prompt(exact("a", 0.1), Draft.of("b")));
  }

  @Test
  void anImpossibleLogProbabilityIsRefusedWithItsPlaceAndValue() {
    PromptDraws sentinel = prompt(exact("a", 0.1), Draft.of("b").logP(-9999, Draft.EXACT));
    assertRefused(Withholds.LOG_PROBABILITIES, "log-probability range", sentinel);
    assertThat(find("log-probability range", sentinel).orElseThrow().places())
        .containsExactly("file:2 (-9999.0)");
    assertFine("log-probability range", prompt(exact("a", 0.1), exact("b", 1)));
  }

  @Test
  void distinctCompletionsThatHoldMoreThanOneAreRefusedRepeatsCountOnce() {
    assertRefused(
        Withholds.LOG_PROBABILITIES, "probability mass", prompt(exact("a", 0.7), exact("b", 0.4)));
    assertFine("probability mass", prompt(exact("a", 0.7), exact("a", 0.7), exact("b", 0.3)));
  }

  @Test
  void aRepeatAgainstAllOddsRefutesTheLogProbabilities() {
    Draft rare = Draft.of("a").logP(-180, Draft.EXACT);
    assertRefused(Withholds.LOG_PROBABILITIES, "repeats", prompt(rare, rare));
    assertFine("repeats", prompt(exact("a", 0.5), exact("a", 0.5), exact("b", 0.5)));
  }

  @Test
  void drawsWithoutTheRepeatsThatTheLogProbabilitiesPredictAreRefused() {
    Draft[] deduplicated = new Draft[64];
    Arrays.setAll(deduplicated, i -> exact("a" + i, 1.0 / 64));
    assertThat(find("repeats", prompt(deduplicated)))
        .get()
        .extracting(Verdict::level)
        .isEqualTo(Level.REFUSE);
  }

  @Test
  void equalCompletionsWithOtherLogProbabilitiesAreAWarning() {
    assertWarned("log-probability agreement", prompt(exact("a", 0.5), exact("a", 0.4)));
    assertThat(find("log-probability agreement", prompt(exact("a", 0.5), exact("a", 0.4999))))
        .isEmpty();
  }

  @Test
  void oneLongAnswerAgainAndAgainComesFromACache() {
    Draft[] cached = new Draft[8];
    Arrays.fill(cached, Draft.of(LONG));
    assertRefused(Withholds.INDEPENDENCE, "replayed answers", prompt(cached));
    Draft[] yes = new Draft[8];
    Arrays.fill(yes, Draft.of("Yes."));
    assertFine("replayed answers", prompt(yes));
    Draft[] likely = new Draft[8];
    Arrays.fill(likely, exact(LONG, 0.9));
    assertFine("replayed answers", prompt(likely));
    Draft[] unlikely = new Draft[8];
    Arrays.fill(unlikely, exact("Yes.", 0.1));
    assertRefused(Withholds.INDEPENDENCE, "replayed answers", prompt(unlikely));
  }

  @Test
  void aSeedThatComesWithItsTextTwiceIsOneDrawWrittenDownTwice() {
    assertRefused(
        Withholds.INDEPENDENCE, "seeds", prompt(Draft.of("a").seed("7"), Draft.of("a").seed("7")));
    assertWarned("seeds", prompt(Draft.of("a").seed("7"), Draft.of("b").seed("7")));
    assertFine("seeds", prompt(Draft.of("a").seed("7"), Draft.of("a").seed("8")));
    assertFine(
        "seeds", prompt(Draft.of("a").seed("7")), Draft.prompt("other", Draft.of("a").seed("7")));
    assertThat(find("seeds", prompt(Draft.of("a")))).isEmpty();
  }

  @Test
  void twoModelsAnsweringOnePromptAreNoPolicyTwoPromptsMayHaveTwo() {
    assertRefused(
        Withholds.INDEPENDENCE,
        "one policy",
        prompt(Draft.of("a").origin("model=x"), Draft.of("b").origin("model=y")));
    assertFine(
        "one policy",
        prompt(Draft.of("a").origin("model=x"), Draft.of("b").origin("model=x")),
        Draft.prompt("other", Draft.of("a").origin("model=y")));
  }

  @Test
  void manyCompletionsCutByTheLimitAreAWarning() {
    Draft cut = Draft.of("a").finish("length");
    Draft whole = Draft.of("b").finish("stop");
    assertWarned("truncation", prompt(cut, whole, whole, whole));
    assertWarned("truncation", prompt(Draft.of("a").finish("max_tokens"), whole, whole, whole));
    Draft[] few = new Draft[20];
    Arrays.fill(few, whole);
    few[3] = cut;
    assertFine("truncation", prompt(few));
    assertThat(find("truncation", prompt(Draft.of("a")))).isEmpty();
  }

  @Test
  void aMissingRewardIsAWarning() {
    assertWarned("reward r", prompt(Draft.of("a").reward("r", 1), Draft.of("b")));
    assertFine("reward r", prompt(Draft.of("a").reward("r", 1), Draft.of("b").reward("r", 0)));
  }

  @Test
  void promptsWhoseRewardsAreAllEqualAreCountedAndManyOfThemAreAWarning() {
    PromptDraws flat = prompt(Draft.of("a").reward("r", 1), Draft.of("b").reward("r", 1));
    PromptDraws other = prompt(Draft.of("a").reward("r", 1), Draft.of("b").reward("r", 0));
    assertWarned("equal rewards r", flat, other);
    assertFine("equal rewards r", flat, other, other);
    assertThat(find("equal rewards r", other, prompt(Draft.of("a")))).isEmpty();
  }

  @Test
  void onlyTheFirstPlacesAreKept() {
    PromptDraws without = prompt(Draft.of("a"), Draft.of("b"), Draft.of("c"), Draft.of("d"));
    assertThat(find("reward r", without).orElseThrow().places())
        .containsExactly("file:1", "file:2", "file:3");
  }
}
