package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Unproven;

class LogProbabilityWorthTest {
  private static final LogProbability EXACT = LogProbability.exact(-1);
  private static final LogProbability CUT =
      LogProbability.atMost(-1, new AtMost.Reason.Truncation());

  private static LogProbability margin(double perToken) {
    return LogProbability.atMost(-1, new AtMost.Reason.Margin(perToken));
  }

  private static String sentence(LogProbability... several) {
    LogProbabilityWorth worth = new LogProbabilityWorth();
    for (LogProbability one : several) worth.add(one);
    return worth.sentence().orElse("nothing");
  }

  @Test
  void ofLogProbabilitiesThemselvesThereIsNothingToSay() {
    assertThat(sentence()).isEqualTo("nothing");
    assertThat(sentence(EXACT, EXACT)).isEqualTo("nothing");
  }

  @Test
  void whatIsConservativeIsSaidWithItsLargestMargin() {
    assertThat(sentence(EXACT, CUT)).isEqualTo(AtMost.SENTENCE);
    assertThat(sentence(margin(5e-4), CUT, margin(1e-3)))
        .isEqualTo(AtMost.SENTENCE + ", with a margin of 0.001 nats a token taken off");
  }

  @Test
  void whatProvesNothingIsSaidWithItsMostFrequentReason() {
    LogProbability endless = new Unproven(-1, Doubt.NO_END_TOKEN);
    LogProbability unknown = new Unproven(-1, Doubt.UNKNOWN_DISTRIBUTION);
    assertThat(sentence(LogProbability.missing())).isEqualTo("no log-probability is recorded");
    assertThat(sentence(endless, unknown, endless, LogProbability.missing()))
        .isEqualTo(Doubt.NO_END_TOKEN.sentence());
    assertThat(sentence(EXACT, endless, EXACT))
        .isEqualTo("1 of 3 completions: " + Doubt.NO_END_TOKEN.sentence());
    assertThat(sentence(margin(5e-4), LogProbability.missing()))
        .isEqualTo(
            "1 of 2 completions: no log-probability is recorded; of the others, "
                + AtMost.SENTENCE
                + ", with a margin of 0.0005 nats a token taken off");
  }
}
