package topdraw.servers.probe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/// By how much log-probabilities may be too large: what the probabilities of whole vocabularies sum
/// to above 1. A normaliser in single precision loses small terms, the more the larger the
/// vocabulary and differently at each place, so twice the most that was seen is taken off.
final class MarginProbe {
  static final List<String> TEXTS =
      List.of("The capital of France is", "Once upon a time", "1 2 3 4 5");

  /// A sum this near to 1 is right to rounding.
  private static final double ROUNDING = 1e-6;

  /// A sum further below 1 than this is not one of a whole vocabulary.
  private static final double LACKING = 0.01;

  private static final double TWICE = 2;

  private int places;

  /// How many places were looked at, one token each.
  int places() {
    return places;
  }

  Found<Double> read(ProbedServer server) {
    double most = Double.NEGATIVE_INFINITY;
    for (String text : TEXTS) {
      double[] vocabulary = server.vocabulary(text);
      if (vocabulary.length > 0) places++;
      double excess = excess(vocabulary);
      if (Double.isNaN(excess)) return stated(server.statedMargin());
      most = Math.max(most, excess);
    }
    String seen =
        "the probabilities of %d whole vocabularies sum to at most 1 %s %s"
            .formatted(
                TEXTS.size(), most < 0 ? "-" : "+", upwards(Math.abs(most), 2).toPlainString());
    return most <= ROUNDING
        ? new Found<>(0.0, seen)
        : new Found<>(
            upwards(TWICE * most, 1).doubleValue(),
            seen + "; twice that, rounded up, is taken off");
  }

  private static Found<Double> stated(double margin) {
    return new Found<>(
        margin,
        margin == 0
            ? "no whole vocabulary can be had to sum its probabilities"
            : "no whole vocabulary can be had: "
                + LogProbabilitySemantics.plain(margin)
                + " nats a token are taken off, by more than which no server was measured to be off");
  }

  /// The logarithm of a sum of probabilities; NaN where they are none of a whole vocabulary.
  static double excess(double[] vocabulary) {
    double sum = 0;
    double lost = 0;
    for (double nats : vocabulary) {
      if (!(nats <= 0)) return Double.NaN;
      double term = Math.exp(nats) - lost;
      double next = sum + term;
      lost = next - sum - term;
      sum = next;
    }
    double excess = Math.log(sum);
    return excess >= -LACKING && excess <= LACKING ? excess : Double.NaN;
  }

  private static BigDecimal upwards(double nats, int digits) {
    return new BigDecimal(nats)
        .round(new MathContext(digits, RoundingMode.UP))
        .stripTrailingZeros();
  }
}
