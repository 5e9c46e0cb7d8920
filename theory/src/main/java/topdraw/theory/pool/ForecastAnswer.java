package topdraw.theory.pool;

import topdraw.theory.finding.Interval;

/// What can be said of pass@k beyond the draws there are.
public sealed interface ForecastAnswer {

  /// An *estimate*.
  ///
  /// @param value the forecast
  /// @param interval where it lies; it contains the bias
  /// @param allowance how much of the interval is for bias
  record Forecast(double value, Interval interval, double allowance) implements ForecastAnswer {}

  /// No forecast is worth printing.
  ///
  /// @param reason why
  record Refused(Reason reason) implements ForecastAnswer {}

  /// Why a forecast is refused.
  enum Reason {
    /// Few prompts do not tell how prompts differ.
    FEW_PROMPTS("a forecast needs at least 10 prompts"),
    /// Hardly a prompt was ever solved.
    FEW_SUCCESSES("a forecast needs at least 5 prompts with a success"),
    /// So far beyond the draws nothing is known without a model.
    TOO_FAR("too far beyond the draws there are"),
    /// The interval says nothing.
    TOO_WIDE("the pool is too small to tell"),
    /// The model missed what the second half of the draws shows.
    MODEL_FAILS("the tail model fails on your own draws");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /// The reason in words.
    ///
    /// @return half a sentence
    public String words() {
      return words;
    }
  }
}
