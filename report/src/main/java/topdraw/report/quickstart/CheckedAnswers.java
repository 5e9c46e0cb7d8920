package topdraw.report.quickstart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Protocol;
import topdraw.estimate.Questions;
import topdraw.theory.finding.Confidence;
import topdraw.words.json.CurveJson;

/// What best-of-n gives by a reward that checks answers: over all questions, and for each by
/// itself.
///
/// @param all the mean over the questions
/// @param each question by question
public record CheckedAnswers(Analysis all, List<Question> each) {
  /// One question by itself.
  ///
  /// @param key what tells the prompt from others
  /// @param prompt the prompt's words
  /// @param analysis what its own draws say
  public record Question(String key, String prompt, Analysis analysis) {}

  /// Copies the list.
  public CheckedAnswers {
    each = List.copyOf(each);
  }

  /// Analyses recorded answers.
  ///
  /// @param recorded the questions with their scored draws
  /// @param reward the reward that selects
  /// @param threshold the reward at which early stop stops
  /// @param confidence of intervals
  /// @return the analyses
  static CheckedAnswers of(
      List<PromptDraws> recorded, String reward, double threshold, Confidence confidence) {
    AnalysisQuestion question =
        new AnalysisQuestion(
            reward, Optional.empty(), OptionalDouble.of(threshold), List.of(), Protocol.SUBSETS);
    return new CheckedAnswers(
        analysis(recorded, question, confidence),
        recorded.stream()
            .map(
                one ->
                    new Question(
                        one.key(), one.display(), analysis(List.of(one), question, confidence)))
            .toList());
  }

  private static Analysis analysis(
      List<PromptDraws> recorded, AnalysisQuestion question, Confidence confidence) {
    return Analysis.of(
        Questions.of(question).<RuntimeException>measure(recorded::forEach), question, confidence);
  }

  /// The curves as JSON.
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reward", all.question().reward());
    json.put("threshold", all.question().threshold().getAsDouble());
    json.put("prompts", all.prompts());
    json.put("samples", all.samples());
    json.put("curve", CurveJson.of(all.curve()));
    json.put("by_prompt", each.stream().map(CheckedAnswers::json).toList());
    return json;
  }

  private static Map<String, Object> json(Question question) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("prompt_id", question.key());
    json.put("prompt", question.prompt());
    json.put("curve", CurveJson.of(question.analysis().curve()));
    return json;
  }
}
