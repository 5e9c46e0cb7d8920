package topdraw.advice;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// What was found on one subject: some settings with their findings, and what cannot be said.
///
/// @param subject what it is about
/// @param rows the settings that were looked at
/// @param refused why something is not told, clauses
public record Advice(Subject subject, List<Row> rows, List<String> refused) {
  /// Copies the lists.
  public Advice {
    rows = List.copyOf(rows);
    refused = List.copyOf(refused);
  }

  /// One setting and what is known of it.
  ///
  /// @param name what the setting is, such as a rule; empty where its numbers say it
  /// @param at its numbers by their names, such as `k`
  /// @param findings what is known
  public record Row(
      Optional<String> name, SequencedMap<String, Double> at, List<Finding> findings) {
    /// Copies the findings.
    public Row {
      findings = List.copyOf(findings);
    }
  }

  /// Nothing but reasons.
  static Advice refused(Subject subject, String reason) {
    return new Advice(subject, List.of(), List.of(reason));
  }

  /// The same of a reward of which less is better, as it was recorded.
  ///
  /// @return the advice with the opposite of every reward
  public Advice asRecorded() {
    return new Advice(
        subject,
        rows.stream()
            .map(
                row ->
                    new Row(
                        row.name, row.at, row.findings.stream().map(Advice::turnedRound).toList()))
            .toList(),
        refused);
  }

  private static Finding turnedRound(Finding finding) {
    if (finding.quantity() != Quantity.REWARD
        && finding.quantity() != Quantity.REWARD_DIFFERENCE
        && finding.quantity() != Quantity.ACCEPTANCE_THRESHOLD) {
      return finding;
    }
    return new Finding(
        finding.quantity(),
        switch (finding.role()) {
          case VALUE -> Role.VALUE;
          case UPPER_BOUND -> Role.LOWER_BOUND;
          case LOWER_BOUND -> Role.UPPER_BOUND;
        },
        0.0 - finding.value(),
        finding.evidence(),
        finding.confidence(),
        finding.interval().map(i -> new Interval(0.0 - i.upper(), 0.0 - i.lower())),
        finding.samples(),
        finding.prompts(),
        finding.source(),
        finding.assumptions());
  }

  /// A setting that its numbers name.
  static Row row(Map.Entry<String, Double> number, List<Finding> findings) {
    return new Row(Optional.empty(), Numbers.of(number), findings);
  }
}
