package topdraw.plan;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import topdraw.estimate.GoldQuestion;
import topdraw.estimate.GoldStudy;
import topdraw.estimate.Measurements;
import topdraw.estimate.PromptSource;
import topdraw.estimate.Question;
import topdraw.estimate.Questions;
import topdraw.theory.finding.Confidence;

/// What recorded samples are asked at once: which setting meets the targets, what selection does to
/// a gold reward, or both.
///
/// @param request what is wanted
/// @param pilot what is measured for a plan; empty where none is asked for
/// @param gold what is measured of the gold reward; empty where there is none
/// @param seed splits and resamples the prompts of the gold reward's study
/// @param confidence with which bounds and intervals hold
public record PlanQuestion(
    PlanRequest request,
    Optional<PilotQuestion> pilot,
    Optional<GoldQuestion> gold,
    long seed,
    Confidence confidence) {
  /// Refuses what cannot be told from any samples.
  ///
  /// @throws topdraw.input.InputException if there is no target, or one is out of range
  public PlanQuestion {
    if (pilot.isPresent()) {
      request.check();
    }
  }

  /// Answers from one reading of the samples, on all cores.
  ///
  /// @param samples goes through the prompts
  /// @param <E> what goes wrong in the reading
  /// @return the plan, the study, or both
  /// @throws E if the reading goes wrong
  /// @throws topdraw.input.InputException if what is wanted is out of range, or cannot be told from
  ///   these samples
  public <E extends Exception> PlanAnswer answer(PromptSource<E> samples) throws E {
    Questions questions =
        Questions.of(
            Stream.<Optional<? extends Question>>of(pilot, gold)
                .<Question>flatMap(Optional::stream)
                .toList());
    Measurements measured = questions.measure(samples);
    return new PlanAnswer(
        pilot.map(question -> PilotPlanner.plan(measured, settings(measured, question))),
        gold.map(question -> GoldStudy.of(measured, question, seed, confidence)),
        confidence);
  }

  private PilotSettings settings(Measurements measured, PilotQuestion question) {
    OptionalDouble perDraw =
        request.tokens().needsPrice()
            ? PilotPlanner.tokensPerDraw(measured, question)
            : OptionalDouble.empty();
    return new PilotSettings(question, request.targets(perDraw), confidence);
  }
}
