package topdraw.words.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import topdraw.search.CounterexampleSearch.Result;
import topdraw.search.Trial;
import topdraw.theory.bound.Claim;

/// Claims, and what a search for counterexamples found, as JSON.
public final class ConjectureJson {
  private ConjectureJson() {}

  /// A claim.
  ///
  /// @param claim the claim
  /// @return `claim`, `statement`, `standing`
  public static Map<String, Object> of(Claim claim) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("claim", claim.word());
    json.put("statement", claim.statement());
    json.put("standing", claim.standing());
    return json;
  }

  /// A search.
  ///
  /// @param claim the claim attacked
  /// @param result what was found
  /// @param seed where the random numbers started
  /// @param saved where the worst table was saved, if it was
  /// @return the whole
  public static Map<String, Object> of(
      Claim claim, Result result, long seed, Optional<String> saved) {
    Map<String, Object> json = of(claim);
    json.put("refuted", result.refutes());
    json.put("violation", result.worst().violation());
    json.put("n", result.worst().n());
    json.put("table", table(result.worst()));
    json.put("rounds", result.rounds());
    json.put("tables", result.tables());
    json.put("seed", seed);
    json.put("saved", saved.orElse(null));
    return json;
  }

  /// The table as `topdraw exact` reads it, in logarithms where probabilities underflow.
  ///
  /// @param trial the table
  /// @return `p` or `log_p`
  public static Map<String, Object> table(Trial trial) {
    double[] p = trial.table().probabilities();
    return Arrays.stream(p).allMatch(one -> one > Double.MIN_NORMAL)
        ? Map.of("p", p)
        : Map.of("log_p", trial.table().logProbabilities());
  }
}
