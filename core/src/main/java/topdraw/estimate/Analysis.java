package topdraw.estimate;

import java.util.List;
import topdraw.audit.Verdict;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// What a recording says of best-of-n for every n, after its audit.
///
/// @param question what was asked
/// @param confidence of intervals and certificates
/// @param prompts how many prompts were analysed
/// @param unscored prompts of which no sample has a score; they are left out
/// @param samples how many samples the analysed prompts have
/// @param passAtK whether every reward is 0 or 1, so that the reward of the best of k is pass@k
/// @param verdicts the audit
/// @param withheld what was not computed, and why
/// @param curve the findings by n, in rising order
/// @param rewind the findings of rewind-and-repeat at the threshold; empty without one
/// @param byPrompt the first prompts' own curves, for pictures
public record Analysis(
    AnalysisQuestion question,
    Confidence confidence,
    long prompts,
    long unscored,
    long samples,
    boolean passAtK,
    List<Verdict> verdicts,
    List<Withheld> withheld,
    List<AtN> curve,
    List<Finding> rewind,
    List<PromptCurves> byPrompt) {
  /// Copies the lists.
  public Analysis {
    verdicts = List.copyOf(verdicts);
    withheld = List.copyOf(withheld);
    curve = List.copyOf(curve);
    rewind = List.copyOf(rewind);
    byPrompt = List.copyOf(byPrompt);
  }

  /// What samples say of best-of-n for every n, in one call: what `topdraw analyze` tells of them.
  ///
  ///     Analysis.of(recording, "correct").firm().findings().forEach(IO::println);
  ///
  /// @param samples goes through the prompts, once: a recording, or `list::forEach`
  /// @param reward the name of the reward that selects; with a minus before it less is better
  /// @param <E> what goes wrong in the reading
  /// @return the analysis at the default values of n and the default confidence
  /// @throws E if the reading goes wrong
  /// @throws IllegalArgumentException if no prompt has a score of the reward
  public static <E extends Exception> Analysis of(PromptSource<E> samples, String reward) throws E {
    AnalysisQuestion question = AnalysisQuestion.of(reward);
    return of(Questions.of(question).measure(samples), question, Confidence.DEFAULT).asRecorded();
  }

  /// Answers the question from what was measured.
  ///
  /// @param measured the measurements of all prompts
  /// @param question one of those they were measured by
  /// @param confidence of intervals and certificates
  /// @return the analysis
  /// @throws IllegalArgumentException if no prompt has a score of the reward, or none has as many
  ///   draws as the grid asks for
  public static Analysis of(
      Measurements measured, AnalysisQuestion question, Confidence confidence) {
    return new AnalysisAnswer(measured.of(question), question, confidence).analysis();
  }

  /// Whether less of the reward that selects is better: it is named with a minus, as in `-wer`.
  ///
  /// @return true if the best draw has the least
  public boolean lessIsBetter() {
    return question.reward().startsWith("-");
  }

  /// The same of a reward of which less is better: it was turned round to be ranked, and its
  /// numbers are told as they were recorded.
  ///
  /// @return the analysis with the opposite of every mean reward; itself where more is better
  public Analysis asRecorded() {
    return lessIsBetter() ? turnedRound() : this;
  }

  private Analysis turnedRound() {
    return new Analysis(
        question,
        confidence,
        prompts,
        unscored,
        samples,
        passAtK,
        verdicts,
        withheld,
        curve.stream()
            .map(
                at ->
                    new AtN(
                        at.n(), at.prompts(), at.findings().stream().map(Analysis::round).toList()))
            .toList(),
        rewind,
        byPrompt);
  }

  private static Finding round(Finding finding) {
    if (finding.quantity() != Quantity.REWARD && finding.quantity() != Quantity.PASS_AT_K) {
      return finding;
    }
    return new Finding(
        Quantity.REWARD,
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

  /// What is known at the largest n that has a quarter of the mean number of draws behind it, but
  /// no less than 2. Beyond it few independent maxima are left, and estimates are shaky.
  ///
  /// @return a point of the curve; its first where none is so small
  public AtN firm() {
    return curve.stream()
        .filter(at -> at.n() <= Math.max(2, quarter()))
        .reduce((earlier, later) -> later)
        .orElse(curve.getFirst());
  }

  /// A quarter of the mean number of draws of a prompt.
  ///
  /// @return a whole number, 0 where there are fewer than four
  public long quarter() {
    return samples / prompts / 4;
  }
}
