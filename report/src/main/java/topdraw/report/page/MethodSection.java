package topdraw.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Measures;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.words.AnalysisReport;
import topdraw.words.Percent;

/// How the numbers were made: a note for what was done, and none for what was not.
final class MethodSection {
  private final AnalysisReport report;
  private final Analysis analysis;
  private final List<String> notes = new ArrayList<>();

  private MethodSection(AnalysisReport report) {
    this.report = report;
    analysis = report.analysis();
  }

  static void write(Html html, AnalysisReport report) {
    html.open("section", "id", "method").element("h2", "How the numbers were made");
    notes(report).forEach(note -> html.element("p", note, "class", "method"));
    html.close();
  }

  static List<String> notes(AnalysisReport report) {
    var section = new MethodSection(report);
    section.samples();
    section.protocol();
    section.intervals();
    section.proofs();
    section.drift();
    section.methods();
    section.chance();
    return List.copyOf(section.notes);
  }

  private void samples() {
    if (report.source().badRows() > 0) {
      notes.add(counted(report.source().badRows(), "row") + " could not be read and are left out.");
    }
    if (analysis.unscored() > 0) {
      notes.add(
          counted(analysis.unscored(), "prompt")
              + " without any score of the reward are left out.");
    }
    if (analysis.verdicts().stream()
        .anyMatch(v -> v.check().startsWith("reward ") && v.reason().contains("no score"))) {
      notes.add(
          "A sample without a score ranks below every scored one, and still counts as drawn.");
    }
    if (analysis.curve().stream().anyMatch(at -> at.prompts() < analysis.prompts())) {
      notes.add(
          "Prompts have different numbers of draws. A number at n is over the prompts with at least n"
              + " draws, so between two n a curve may also change because prompts leave it.");
    }
  }

  private void protocol() {
    notes.add(
        switch (analysis.question().protocol()) {
          case SUBSETS ->
              "A prompt's number at n averages over every subset of n of its draws, in closed form"
                  + " (U-statistics). Of equal rewards each is as likely to be returned.";
          case FIRST_N ->
              "A prompt's number at n uses its first n draws only, to match numbers published so: it is as"
                  + " noisy as if no more had been drawn.";
          case BOOTSTRAP ->
              "A prompt's number at n supposes n of its draws taken with replacement, to match numbers"
                  + " published so: it is biased low, because such a set holds fewer different draws.";
        });
    notes.add("A number is the mean over prompts, each counting alike.");
    int firm = analysis.firm().n();
    if (analysis.curve().getLast().n() > firm) {
      notes.add(
          "Beyond n = "
              + firm
              + ", a quarter of the draws of a prompt, few maxima are independent: estimates are dashed there.");
    }
  }

  private void intervals() {
    boolean intervals =
        findings().anyMatch(f -> f.evidence() == Evidence.ESTIMATE && f.interval().isPresent());
    if (intervals) {
      notes.add(
          "Shaded intervals are at "
              + level()
              + ". How each was found, and whether it speaks of prompts like these or of these prompts"
              + " alone, stands among what a finding supposes.");
    }
  }

  private void proofs() {
    if (has(f -> f.evidence() == Evidence.THEOREM && f.confidence().isPresent())) {
      notes.add(
          "A bound at "
              + level()
              + " bets against each smaller (or larger) mean, prompt by prompt, and keeps what the"
              + " bets cannot refute. It is a theorem for each n by itself, not for all n at once, for prompts"
              + " drawn independently.");
    }
    if (has(f -> f.source().equals(Measures.SEEN_MASS))) {
      notes.add(
          "The seen-mass bound holds with certainty for the draws in hand, given that the log-probabilities"
              + " are right. It speaks of the recorded prompts alone.");
    }
    if (has(f -> f.quantity() == Quantity.WIN_RATE && f.role() == Role.VALUE)) {
      notes.add(
          "The win rate counts a tie as half. Where no two rewards are equal it is n/(n+1), with no noise.");
    }
  }

  private void drift() {
    if (has(f -> f.source().equals(KlBounds.TEXTBOOK))) {
      notes.add("The textbook's log n − (n−1)/n is an upper bound for every policy and reward.");
    }
    if (has(f -> f.source().equals(Measures.POOL_KL))) {
      notes.add(
          "The drift itself is estimated by the exact identity, corrected for bias: completions that came often"
              + " count by their probability, others by how often they came. (25), d* and pool_kl_upper are upper bounds on"
              + " average, so that their means are estimates of an upper bound.");
    }
    if (has(f -> f.source().equals(Measures.POOL_KL_FROM_LEVELS))) {
      notes.add(
          "Without log-probabilities that may be used, the drift is estimated from how many rewards are equal:"
              + " it misses completions that are equal by nature and not by reward.");
    }
  }

  private void methods() {
    AnalysisQuestion question = analysis.question();
    if (question.threshold().isPresent()) {
      notes.add(
          "Early stop at "
              + Words.number(question.threshold().getAsDouble())
              + " is best-of-n of the reward cut at the threshold. Rewind-and-repeat draws until one reaches it.");
    }
    if (question.gold().isPresent()) {
      notes.add(
          "The gold reward is averaged over what the first reward selects; it never selects itself.");
    }
  }

  private void chance() {
    notes.add(
        report
            .study()
            .map(
                study ->
                    "The study of over-optimisation splits and resamples prompts at random, with seed "
                        + study.seed()
                        + ": its band and its fits' intervals are a bootstrap's over prompts."
                        + " Nothing else was drawn at random.")
            .orElse(
                "Nothing was drawn at random for this page: the same samples and settings give the same"
                    + " numbers."));
  }

  private String level() {
    return Percent.of(analysis.confidence().value());
  }

  private boolean has(Predicate<Finding> kind) {
    return findings().anyMatch(kind);
  }

  private Stream<Finding> findings() {
    return Stream.concat(
        analysis.curve().stream().flatMap(at -> at.findings().stream()),
        analysis.rewind().stream());
  }

  private static String counted(long count, String thing) {
    return "%,d %s".formatted(count, count == 1 ? thing : thing + "s");
  }
}
