package topdraw.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.GoldQuestion;
import topdraw.estimate.GoldStudy;
import topdraw.estimate.Measurements;
import topdraw.estimate.Overoptimization;
import topdraw.estimate.Question;
import topdraw.estimate.Questions;
import topdraw.theory.finding.Confidence;

/// All that one reading of recorded samples is asked: the curve, what selection does to the gold
/// reward where there is one, and advice.
///
/// @param curve what is asked of every n
/// @param beside what advice is asked for
/// @param confidence of intervals and certificates
public record ReadingQuestion(
    AnalysisQuestion curve, AdviceQuestion beside, Confidence confidence) {

  /// What a reading answers.
  ///
  /// @param analysis the curve
  /// @param study what selection does to the gold reward; empty where none was asked for, or too
  ///   few prompts can tell
  /// @param advice answers to what was asked beside it
  public record Answers(Analysis analysis, Optional<Overoptimization> study, List<Advice> advice) {
    /// Copies the list.
    public Answers {
      advice = List.copyOf(advice);
    }
  }

  private Optional<GoldQuestion> gold() {
    return curve.gold().map(name -> new GoldQuestion(curve.reward(), name, Optional.empty()));
  }

  /// What each prompt is measured for.
  ///
  /// @return the questions
  public Questions questions() {
    List<Question> questions = new ArrayList<>(List.of(curve));
    gold().ifPresent(questions::add);
    if (beside.asks()) {
      questions.add(beside.scores());
    }
    return Questions.of(questions);
  }

  /// The answers.
  ///
  /// @param measured measurements of these [#questions]
  /// @return what was found
  public Answers answer(Measurements measured) {
    return new Answers(
        Analysis.of(measured, curve, confidence).asRecorded(),
        gold().flatMap(study -> GoldStudy.possible(measured, study, 0, confidence)),
        beside.answers(measured, confidence));
  }
}
