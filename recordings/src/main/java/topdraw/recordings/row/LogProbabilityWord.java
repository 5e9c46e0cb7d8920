package topdraw.recordings.row;

import java.util.Arrays;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.LogProbability.Missing;
import topdraw.draw.LogProbability.Unproven;

/// What a table says of its log-probabilities, in one word.
public enum LogProbabilityWord {
  /// The log-probability itself.
  EXACT("exact"),
  /// At most that.
  CONSERVATIVE("conservative"),
  /// At most that, since tokens were cut off after it was taken. In a table the same word: why it
  /// is conservative has no column.
  TRUNCATED("conservative"),
  /// Nothing is said.
  UNKNOWN("unknown"),
  /// Of another distribution.
  OTHER_DISTRIBUTION("other-distribution"),
  /// Without the end token's term.
  NO_END_TOKEN("no-end-token"),
  /// Without other terms.
  INCOMPLETE("incomplete"),
  /// Said to be one, and it can be none.
  IMPOSSIBLE("impossible");

  private final String word;

  LogProbabilityWord(String word) {
    this.word = word;
  }

  /// The word in a table.
  ///
  /// @return such as `exact` or `no-end-token`
  public String word() {
    return word;
  }

  /// What a word says; nothing where it is none of these.
  ///
  /// @param word what [#word] gives
  /// @return its meaning
  public static LogProbabilityWord of(String word) {
    return Arrays.stream(values()).filter(w -> w.word().equals(word)).findFirst().orElse(UNKNOWN);
  }

  /// The word for a number; [#UNKNOWN] also where there is none.
  ///
  /// @param logProbability the number
  /// @return the word
  public static LogProbabilityWord of(LogProbability logProbability) {
    return switch (logProbability) {
      case Exact exact -> EXACT;
      case AtMost(double nats, AtMost.Reason.Recorded reason) -> CONSERVATIVE;
      case AtMost(double nats, AtMost.Reason.Margin reason) -> CONSERVATIVE;
      case AtMost(double nats, AtMost.Reason.Truncation reason) -> TRUNCATED;
      case Unproven(double nats, Doubt doubt) ->
          switch (doubt) {
            case UNKNOWN_DISTRIBUTION -> UNKNOWN;
            case OTHER_DISTRIBUTION -> OTHER_DISTRIBUTION;
            case NO_END_TOKEN -> NO_END_TOKEN;
            case INCOMPLETE -> INCOMPLETE;
            case IMPOSSIBLE -> IMPOSSIBLE;
          };
      case Missing missing -> UNKNOWN;
    };
  }

  /// What a number is worth of which this word is said.
  ///
  /// @param nats the number
  /// @return the log-probability with its worth
  public LogProbability of(double nats) {
    return switch (this) {
      case EXACT -> LogProbability.exact(nats);
      case CONSERVATIVE -> LogProbability.atMost(nats, new AtMost.Reason.Recorded());
      case TRUNCATED -> LogProbability.atMost(nats, new AtMost.Reason.Truncation());
      case UNKNOWN -> new Unproven(nats, Doubt.UNKNOWN_DISTRIBUTION);
      case OTHER_DISTRIBUTION -> new Unproven(nats, Doubt.OTHER_DISTRIBUTION);
      case NO_END_TOKEN -> new Unproven(nats, Doubt.NO_END_TOKEN);
      case INCOMPLETE -> new Unproven(nats, Doubt.INCOMPLETE);
      case IMPOSSIBLE -> new Unproven(nats, Doubt.IMPOSSIBLE);
    };
  }
}
