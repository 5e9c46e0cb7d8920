package topdraw.gateway.console;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.AtN;
import topdraw.estimate.Protocol;
import topdraw.estimate.Questions;
import topdraw.gateway.choose.Chosen;
import topdraw.reward.Comparing;
import topdraw.selection.Round;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
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
  /// @param chosen an answer and what it was chosen among
  /// @param confidence of the intervals
  /// @return `curve`, a list by n, and `withheld`, sentences
  static Map<String, Object> of(Chosen chosen, Confidence confidence) {
    return switch (chosen) {
      case Chosen.BlockByBlock _ ->
          none(
              "the answer was chosen block by block, so there are no whole candidates to choose"
                  + " from");
      case Chosen.AmongWhole among -> of(among.round(), confidence);
    };
  }

  private static Map<String, Object> of(Round round, Confidence confidence) {
    if (round.selection() instanceof Selection.EarlyStop) {
      // Draws that a choice has cut short are no sample of a fixed size.
      return none(
          "the drawing ends when a candidate passes, so these are no plain sample; draw with"
              + " best-of-n to see other n");
    }
    if (Comparing.names(round.rewards().getFirst())) {
      return none(
          "a vote compares the candidates with each other, so its scores say nothing of other n");
    }
    if (round.draws().size() < 2) {
      return Map.of("curve", List.of(), "withheld", List.of());
    }
    Analysis analysis = analysis(round, confidence);
    return Map.of(
        "curve",
        analysis.curve().stream().map(OverN::at).toList(),
        "withheld",
        WithheldWords.sentences(
            analysis.withheld().stream()
                .filter(one -> one.quantity() == Quantity.KL && one.n().isEmpty())
                .toList()));
  }

  private static Map<String, Object> none(String why) {
    return Map.of("curve", List.of(), "withheld", List.of(why));
  }

  private static Analysis analysis(Round round, Confidence confidence) {
    AnalysisQuestion question =
        new AnalysisQuestion(
            round.rewards().getFirst(),
            Optional.empty(),
            OptionalDouble.empty(),
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

  /// The number itself where there is one, else the lowest of what it is proven to be at most: an
  /// estimate of a bound bounds nothing.
  private static void put(Map<String, Object> json, String name, AtN at, Quantity... quantities) {
    List<Finding> of =
        at.findings().stream().filter(f -> List.of(quantities).contains(f.quantity())).toList();
    Optional<Finding> value = of.stream().filter(f -> f.role() == Role.VALUE).findFirst();
    Optional<Finding> most =
        of.stream()
            .filter(f -> f.role() == Role.UPPER_BOUND && f.evidence() == Evidence.THEOREM)
            .min(Comparator.comparingDouble(Finding::value));
    value.or(() -> most).ifPresent(finding -> json.put(name, Shown.of(finding)));
  }
}
