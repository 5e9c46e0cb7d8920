package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import topdraw.json.Json;
import topdraw.search.CounterexampleSearch.Result;
import topdraw.search.Trial;
import topdraw.theory.bound.Claim;
import topdraw.words.json.ConjectureJson;

/// Claims, and what a search for counterexamples found, as lines of text.
public final class ConjectureText {
  private static final double ROUNDING = 1e-12;

  private ConjectureText() {}

  /// A claim.
  ///
  /// @param claim the claim
  /// @return its statement, and below how well it is known
  public static List<String> lines(Claim claim) {
    return List.of(
        "%-10s %s".formatted(claim.word(), claim.statement()),
        "%-10s %s".formatted("", claim.standing()));
  }

  /// A search.
  ///
  /// @param claim the claim attacked
  /// @param result what was found
  /// @param seed where the random numbers started
  /// @param saved where the worst table was saved, if it was
  /// @return the lines
  public static List<String> lines(Claim claim, Result result, long seed, Optional<String> saved) {
    List<String> lines = new ArrayList<>();
    lines.add("claim %s: %s".formatted(claim.word(), claim.statement()));
    lines.add("  " + claim.standing());
    lines.add(
        String.format(
            Locale.ROOT,
            "%s in %d rounds (%,d tables, seed %d)",
            result.refutes() ? "counterexample found" : "no counterexample",
            result.rounds(),
            result.tables(),
            seed));
    lines.add((result.refutes() ? "  worst:    " : "  nearest:  ") + described(result.worst()));
    if (result.refutes()) {
      Trial simplest = result.worst().simplified(claim);
      lines.add("  simplest: " + described(simplest));
      lines.add("            " + Json.line(ConjectureJson.table(simplest)));
    }
    lines.add(
        saved
            .map(
                file ->
                    "  saved in %s; look: topdraw exact %s -n %d"
                        .formatted(file, file, result.worst().n()))
            .orElse("  -o TABLE.json saves the nearest table"));
    return lines;
  }

  private static String described(Trial trial) {
    double violation = trial.violation();
    return String.format(
        Locale.ROOT,
        "n = %d, %d outcomes, %s",
        trial.n(),
        trial.table().size(),
        Math.abs(violation) < ROUNDING
            ? "both sides equal up to rounding"
            : String.format(
                Locale.ROOT, "%s by %.3e", violation > 0 ? "over" : "under", Math.abs(violation)));
  }
}
