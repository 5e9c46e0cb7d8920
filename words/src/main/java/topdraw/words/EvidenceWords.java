package topdraw.words;

import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Role;

/// How well numbers are known, said so that no more is promised than holds.
public final class EvidenceWords {
  private EvidenceWords() {}

  /// The evidence with the role: an estimate with the role of a bound is an estimate of that bound,
  /// and bounds nothing by itself.
  ///
  /// @param evidence how well the number is known
  /// @param role the quantity itself or a bound
  /// @return such as `theorem, upper bound` or `estimate of a lower bound`
  public static String of(Evidence evidence, Role role) {
    if (role == Role.VALUE) {
      return evidence.word();
    }
    return evidence == Evidence.ESTIMATE
        ? evidence.word() + ofBound(role)
        : evidence.word() + ", " + role(role);
  }

  /// The evidence of a finding with its confidence and its draws; that a bound is proven is said
  /// beside its number.
  ///
  /// @param finding the finding
  /// @return such as `theorem at 95 %, one-sided` or `estimate of an upper bound, 64 draws`
  public static String of(Finding finding) {
    StringBuilder words = new StringBuilder(finding.evidence().word());
    if (finding.evidence() == Evidence.ESTIMATE) {
      words.append(ofBound(finding.role()));
    }
    if (finding.evidence() == Evidence.THEOREM) {
      // An interval beside it has two ends that hold together; this is one end that holds alone.
      String side = finding.role() == Role.VALUE ? "" : ", one-sided";
      finding.confidence().ifPresent(c -> words.append(" at ").append(Percent.of(c)).append(side));
    }
    finding.samples().ifPresent(n -> words.append(", ").append(Counted.of(n, "draw")));
    return words.toString();
  }

  private static String ofBound(Role role) {
    return switch (role) {
      case VALUE -> "";
      case UPPER_BOUND -> " of an upper bound";
      case LOWER_BOUND -> " of a lower bound";
    };
  }

  /// A role in words.
  ///
  /// @param role the quantity itself or a bound
  /// @return such as `upper bound`
  public static String role(Role role) {
    return role.word().replace('_', ' ');
  }

  /// What each evidence word promises.
  ///
  /// @param evidence the word
  /// @return a sentence or two
  public static String meaning(Evidence evidence) {
    return switch (evidence) {
      case EXACT ->
          "Computed on a law that is known in full; only rounding stands between it and the truth.";
      case THEOREM ->
          "Proven to hold for what was observed. Where chance in the data enters, the confidence is named.";
      case ESTIMATE ->
          "Computed from completions that were drawn, so another run gives another number. An estimate of an"
              + " upper bound is at least the truth on average, but a single one can fall below it.";
      case CONJECTURE -> "Checked numerically only; nobody has proven it.";
    };
  }
}
