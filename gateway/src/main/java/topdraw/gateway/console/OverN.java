package topdraw.gateway.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.AtN;
import topdraw.estimate.Protocol;
import topdraw.estimate.Questions;
import topdraw.gateway.Answer;
import topdraw.reward.Comparing;
import topdraw.selection.Round;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Selection;
import topdraw.words.WithheldWords;

/// What the candidates of one answer say of the best of n, for every n up to as many as there are:
/// the numbers that `topdraw analyze` has of the same draws, of this prompt alone.
final class OverN {
  private OverN() {}

  /// The numbers, or why there are none.
  ///
  /// @param part an answer
  /// @param confidence of the intervals
  /// @return `curve`, a list by n, and `withheld`, sentences
  static Map<String, Object> of(Answer.Part part, Confidence confidence) {
    Map<String, Object> json = new LinkedHashMap<>();
    Round round = part.chosen().round();
    Optional<String> none = none(round);
    if (none.isPresent()) {
      json.put("curve", List.of());
      json.put("withheld", List.of(none.get()));
      return json;
    }
    Analysis analysis = analysis(round, confidence);
    json.put("curve", analysis.curve().stream().map(OverN::at).toList());
    json.put(
        "withheld",
        WithheldWords.sentences(
            analysis.withheld().stream()
                .filter(one -> one.quantity() == Quantity.KL)
                .filter(one -> one.n().isEmpty())
                .toList()));
    return json;
  }

  /// Draws that a choice has cut short are no sample of a fixed size.
  private static Optional<String> none(Round round) {
    if (round.selection() instanceof Selection.EarlyStop) {
      return Optional.of(
          "the drawing ended when a candidate passed, so these are no plain sample; draw with"
              + " best-of-n to see other n");
    }
    if (Comparing.names(round.rewards().getFirst())) {
      return Optional.of(
          "a vote compares the candidates with each other, so its scores say nothing of other n");
    }
    return Optional.empty();
  }

  private static Analysis analysis(Round round, Confidence confidence) {
    AnalysisQuestion question =
        new AnalysisQuestion(
            round.rewards().getFirst(),
            Optional.empty(),
            java.util.OptionalDouble.empty(),
            IntStream.rangeClosed(1, round.draws().size()).boxed().toList(),
            Protocol.SUBSETS);
    PromptDraws draws = PromptDraws.of(round.prompt(), round.draws());
    return Analysis.of(
        Questions.of(question).measure(List.of(draws)::forEach, Runnable::run, 0),
        question,
        confidence);
  }

  private static Map<String, Object> at(AtN at) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("n", at.n());
    put(json, "reward", at, Quantity.REWARD, Quantity.PASS_AT_K);
    put(json, "win_rate", at, Quantity.WIN_RATE);
    put(json, "kl", at, Quantity.KL);
    json.put("textbook_kl", KlBounds.analytical(at.n()));
    return json;
  }

  /// The number itself where there is one, else the lowest of what it is at most.
  private static void put(Map<String, Object> json, String name, AtN at, Quantity... quantities) {
    List<Finding> of = new ArrayList<>(at.findings());
    of.removeIf(finding -> !List.of(quantities).contains(finding.quantity()));
    Predicate<Finding> value = finding -> finding.role() == Role.VALUE;
    of.stream()
        .filter(value)
        .findFirst()
        .or(
            () ->
                of.stream()
                    .filter(finding -> finding.role() == Role.UPPER_BOUND)
                    .min(Comparator.comparingDouble(Finding::value)))
        .ifPresent(finding -> json.put(name, Shown.of(finding)));
  }
}
