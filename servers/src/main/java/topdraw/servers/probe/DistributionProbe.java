package topdraw.servers.probe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import topdraw.draw.LogProbability;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;

/// Of which distribution log-probabilities are: one token at temperature 1, one at 2, and one with
/// half of the probability cut off. Tokens are compared by what they are and not by where they
/// stand, since the token drawn may stand first whatever its probability.
final class DistributionProbe {
  private static final double HALF = 0.5;

  /// What equal log-probabilities may differ by: a cached prompt was seen to move them by 0.025.
  private static final double ALIKE = 0.05;

  /// Beside that, the share of a difference by which its half may be off.
  private static final double SHARE = 0.05;

  /// The likeliest first token is likelier than this, in nats; less is no log-probability.
  private static final double LEAST = -7;

  /// Probabilities sum to no more than this, rounding and all.
  private static final double MOST = 1.01;

  Found<Distribution> read(Answers answers) {
    Map<String, Double> cold = likeliest(answers, 1, 1);
    Map<String, Double> hot = likeliest(answers, 2, 1);
    if (cold.isEmpty() || hot.isEmpty())
      return unknown("no log-probabilities of first tokens came");
    if (!probabilities(cold)) return unknown("what is told of first tokens are no probabilities");
    Set<String> both = common(cold, hot);
    if (both.isEmpty()) return unknown("no first token was told at temperatures 1 and 2");
    double apart = apart(cold, hot, both);
    String seen =
        "at temperature 2 the log-probabilities of %d first tokens are up to %s nats from those at 1"
            .formatted(both.size(), rounded(apart));
    if (apart <= ALIKE) return new Found<>(Distribution.RAW, seen + ": the model's own");
    if (!halved(cold, hot, both)) return unknown(seen + ", and their differences are no halves");
    Map<String, Double> cut = likeliest(answers, 1, HALF);
    Set<String> left = common(cold, cut);
    boolean raised =
        !left.isEmpty() && left.stream().allMatch(t -> at(cut, t) > at(cold, t) + ALIKE);
    return raised
        ? new Found<>(
            Distribution.POLICY,
            seen + ", and cutting off half of the probability raises the rest: as sampled from")
        : new Found<>(
            Distribution.TEMPERATURE,
            seen + ", and cutting off half of the probability changes nothing: before the cut");
  }

  private static Found<Distribution> unknown(String why) {
    return new Found<>(Distribution.UNKNOWN, why);
  }

  private static Map<String, Double> likeliest(Answers answers, double temperature, double topP) {
    Optional<Completion> told = answers.to(Question.firstToken(temperature, topP));
    Map<String, Double> tokens = new HashMap<>();
    told.flatMap(completion -> completion.entries().stream().findFirst())
        .ifPresent(
            entry -> {
              tokens.putAll(entry.others());
              tokens.put(entry.token(), entry.nats());
            });
    // An end token may be told without text, and pieces of characters all look alike.
    tokens.keySet().removeIf(token -> token.isEmpty() || token.indexOf('\uFFFD') >= 0);
    tokens.values().removeIf(nats -> !nats.isNaN() && nats <= 0 && !LogProbability.possible(nats));
    return tokens;
  }

  private static boolean probabilities(Map<String, Double> tokens) {
    double best = tokens.values().stream().mapToDouble(nats -> nats).max().orElse(Double.NaN);
    double sum = tokens.values().stream().mapToDouble(Math::exp).sum();
    return best <= 0 && best > LEAST && sum <= MOST;
  }

  private static Set<String> common(Map<String, Double> one, Map<String, Double> other) {
    Set<String> both = new TreeSet<>(one.keySet());
    both.retainAll(other.keySet());
    return both;
  }

  private static double apart(
      Map<String, Double> one, Map<String, Double> other, Set<String> tokens) {
    return tokens.stream().mapToDouble(t -> Math.abs(at(one, t) - at(other, t))).max().orElse(0);
  }

  /// Temperature 2 halves the distances between log-probabilities.
  private static boolean halved(
      Map<String, Double> cold, Map<String, Double> hot, Set<String> tokens) {
    if (tokens.size() < 2) return false;
    String first = tokens.iterator().next();
    return tokens.stream()
        .allMatch(
            token -> {
              double before = at(cold, token) - at(cold, first);
              double after = at(hot, token) - at(hot, first);
              return Math.abs(after - before / 2) <= ALIKE + SHARE * Math.abs(before);
            });
  }

  private static double at(Map<String, Double> tokens, String token) {
    return tokens.getOrDefault(token, Double.NaN);
  }

  private static String rounded(double nats) {
    return LogProbabilitySemantics.plain(Math.rint(nats * 100) / 100);
  }
}
