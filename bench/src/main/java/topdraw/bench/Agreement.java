package topdraw.bench;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// How close the means of an analysis are to a peer's.
///
/// @param compared how many numbers both sides have
/// @param largestDifference the largest difference, relative where numbers are above 1
record Agreement(int compared, double largestDifference) {

  /// @param curve what `topdraw analyze --json` prints under that name
  /// @param curves by quantity and estimator, and by n, numbers of which the first is the mean
  static Agreement of(JsonNode curve, JsonNode curves) {
    double[] differences =
        StreamSupport.stream(curve.spliterator(), false)
            .flatMapToDouble(at -> differences(at, curves))
            .toArray();
    return new Agreement(differences.length, DoubleStream.of(differences).max().orElse(0));
  }

  private static DoubleStream differences(JsonNode at, JsonNode curves) {
    return StreamSupport.stream(at.get("findings").spliterator(), false)
        .map(finding -> difference(at.get("n").asString(), finding, curves))
        .flatMapToDouble(OptionalDouble::stream);
  }

  /// Estimates of drift are corrected for bias and cut at theorems here, of which the peer has
  /// none: they are not compared.
  private static OptionalDouble difference(String n, JsonNode finding, JsonNode curves) {
    String quantity = finding.get("quantity").stringValue();
    if (quantity.endsWith("kl") && finding.get("evidence").stringValue().equals("estimate")) {
      return OptionalDouble.empty();
    }
    String curve = quantity + ", " + finding.get("estimator").stringValue();
    return Optional.ofNullable(curves.get(curve))
        .flatMap(byN -> Optional.ofNullable(byN.get(n)))
        .map(there -> difference(there.get(0).doubleValue(), finding.get("value").doubleValue()))
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private static double difference(double there, double here) {
    return Math.abs(there - here) / Math.max(1, Math.abs(here));
  }
}
