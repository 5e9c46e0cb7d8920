package topdraw.recordings.row;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.LogProbability.Missing;
import topdraw.draw.LogProbability.Unproven;

/// What a row says of the log-probability of its completions, and what that is worth.
public final class LogProbabilities {
  private static final String POLICY = "policy";
  private static final String TEMPERATURE = "temperature";
  private static final String AT_MOST = "at_most";
  private static final String UNKNOWN = "unknown";
  private static final String OTHER = "other";
  private static final String INCLUDED = "included";

  private LogProbabilities() {}

  /// A number, or the sum of a list of token log-probabilities.
  ///
  /// @param value what stands there
  /// @return the sum in nats; NaN where a token has none, empty where there is nothing
  public static OptionalDouble sum(@Nullable JsonNode value) {
    if (value == null || value.isNull() || value.isMissingNode()) {
      return OptionalDouble.empty();
    }
    JsonNode tokens = value.isObject() && value.has("content") ? value.get("content") : value;
    if (!tokens.isArray()) {
      return tokens.isObject() ? OptionalDouble.empty() : Numbers.any(tokens, "log p");
    }
    double sum = 0;
    for (JsonNode token : tokens) {
      OptionalDouble term = Numbers.any(token.isObject() ? token.get("logprob") : token, "log p");
      // One token without a number leaves a sum that would be too large.
      sum += term.orElse(Double.NaN);
    }
    return OptionalDouble.of(sum);
  }

  /// What a number is worth, from the record beside it.
  ///
  /// @param row a row with `logprob` and `sampling` as our runs write them
  /// @param number the number, if there is one
  /// @param cut whether the token limit ended the completion, so that no end token is due
  /// @return the log-probability with its worth
  public static LogProbability of(JsonNode row, OptionalDouble number, boolean cut) {
    if (number.isEmpty()) {
      return LogProbability.missing();
    }
    double nats = number.getAsDouble();
    JsonNode told = row.get(TableColumns.MEANING);
    return told != null && told.isString()
        ? LogProbabilityWord.of(told.stringValue()).of(nats)
        : of(row, nats, cut);
  }

  private static LogProbability of(JsonNode row, double nats, boolean cut) {
    JsonNode says = row.path("logprob");
    String distribution = says.path("distribution").asString("");
    if (!says.has("eos") && !says.has("complete")) {
      return new Unproven(
          nats, distribution.equals(OTHER) ? Doubt.OTHER_DISTRIBUTION : unknown(distribution));
    }
    if (distribution.isEmpty()) {
      return new Unproven(nats, Doubt.UNKNOWN_DISTRIBUTION);
    }
    if (!says.path("complete").asBoolean(false)) {
      return new Unproven(nats, Doubt.INCOMPLETE);
    }
    if (!cut && !says.path("eos").asString("").equals(INCLUDED)) {
      return new Unproven(nats, Doubt.NO_END_TOKEN);
    }
    return switch (distribution) {
      case POLICY -> LogProbability.exact(nats);
      case TEMPERATURE -> LogProbability.atMost(nats, new AtMost.Reason.Truncation());
      case AT_MOST -> LogProbability.atMost(nats, reason(says.path("margin").asDouble(0)));
      case "raw" ->
          row.at("/sampling/temperature").asDouble(Double.NaN) == 1
              ? LogProbability.atMost(nats, new AtMost.Reason.Truncation())
              : new Unproven(nats, Doubt.OTHER_DISTRIBUTION);
      case OTHER -> new Unproven(nats, Doubt.OTHER_DISTRIBUTION);
      default -> new Unproven(nats, Doubt.UNKNOWN_DISTRIBUTION);
    };
  }

  private static AtMost.Reason reason(double margin) {
    return margin > 0 && margin < Double.POSITIVE_INFINITY
        ? new AtMost.Reason.Margin(margin)
        : new AtMost.Reason.Recorded();
  }

  /// A distribution of which only the name is said: of one that has a name here, terms may be
  /// missing.
  private static Doubt unknown(String distribution) {
    return distribution.isEmpty() || distribution.equals(UNKNOWN)
        ? Doubt.UNKNOWN_DISTRIBUTION
        : Doubt.INCOMPLETE;
  }

  /// What a line says of a number.
  ///
  /// @param distribution of which distribution it is
  /// @param eos whether the end token's term is in it; null where nobody knows
  /// @param complete whether every other term is; null where nobody knows
  /// @param margin what was taken off for each token, in nats; null where nothing was
  public record Says(
      String distribution,
      @Nullable String eos,
      @Nullable Boolean complete,
      @Nullable Double margin) {
    Says(String distribution, @Nullable String eos, @Nullable Boolean complete) {
      this(distribution, eos, complete, null);
    }
  }

  /// What is to be said of a number so that [#of] finds again what it is worth.
  ///
  /// @param logProbability the number
  /// @return the words
  public static Says says(LogProbability logProbability) {
    return switch (logProbability) {
      case Exact exact -> new Says(POLICY, INCLUDED, true);
      case AtMost(double nats, AtMost.Reason.Truncation reason) ->
          new Says(TEMPERATURE, INCLUDED, true);
      case AtMost(double nats, AtMost.Reason.Recorded reason) -> new Says(AT_MOST, INCLUDED, true);
      case AtMost(double nats, AtMost.Reason.Margin(double perToken)) ->
          new Says(AT_MOST, INCLUDED, true, perToken);
      case Unproven(double nats, Doubt doubt) ->
          switch (doubt) {
            case UNKNOWN_DISTRIBUTION -> new Says(UNKNOWN, null, null);
            case OTHER_DISTRIBUTION -> new Says(OTHER, null, null);
            case NO_END_TOKEN -> new Says(POLICY, "excluded", true);
            case INCOMPLETE -> new Says(POLICY, INCLUDED, false);
            case IMPOSSIBLE -> new Says(POLICY, INCLUDED, true);
          };
      case Missing missing -> new Says(UNKNOWN, null, null);
    };
  }
}
