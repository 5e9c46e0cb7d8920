package topdraw.advice;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import topdraw.audit.Audit;
import topdraw.audit.Withholds;
import topdraw.estimate.Column;
import topdraw.estimate.MeasuredPrompts;
import topdraw.estimate.Measurements;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// The scored prompts in the order of a hash of their keys, which says nothing of their draws: bets
/// go in it, and every other prompt makes a half.
///
/// @param prompts those that have a score
/// @param confidence of intervals and certificates
/// @param refusal why the audit lets nothing be said of several draws, if it does not
record ScoredPrompts(List<Scored> prompts, Confidence confidence, Optional<String> refusal) {
  static ScoredPrompts of(Measurements measured, ScoredDraws question, Confidence confidence) {
    MeasuredPrompts all = measured.of(question);
    return new ScoredPrompts(
        IntStream.range(0, all.count())
            .filter(prompt -> all.length(prompt) > 0)
            .mapToObj(prompt -> scored(all, prompt))
            .toList(),
        confidence,
        Audit.refusal(all.verdicts(), Withholds.SEVERAL_DRAWS));
  }

  private static Scored scored(MeasuredPrompts all, int prompt) {
    int draws = all.draws(prompt);
    return new Scored(
        IntStream.range(0, draws).mapToDouble(i -> all.number(prompt, i)).toArray(),
        IntStream.range(draws, all.length(prompt))
            .mapToDouble(i -> all.number(prompt, i))
            .toArray());
  }

  int count() {
    return prompts.size();
  }

  long samples() {
    return prompts.stream().mapToLong(Scored::draws).sum();
  }

  /// How many draws every prompt has.
  int draws() {
    return prompts.stream().mapToInt(Scored::draws).min().orElse(0);
  }

  /// Every other prompt, from the first or the second on.
  List<Scored> half(int which) {
    return IntStream.range(0, count()).filter(j -> j % 2 == which).mapToObj(prompts::get).toList();
  }

  boolean binary() {
    return prompts.stream().allMatch(Scored::binary);
  }

  boolean goldIsKnown() {
    return prompts.stream().allMatch(Scored::goldIsKnown);
  }

  boolean goldIsBinary() {
    return prompts.stream().allMatch(Scored::goldIsBinary);
  }

  String assumption() {
    return Scope.PROMPTS.assumption(count());
  }

  /// A mean over prompts.
  Finding mean(Quantity quantity, double[] values, Interval range, Estimator source) {
    return new Column(values, samples()).mean(quantity, Role.VALUE, range, source, confidence);
  }
}
