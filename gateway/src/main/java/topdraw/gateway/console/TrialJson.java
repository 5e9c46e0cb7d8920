package topdraw.gateway.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.gateway.Answer;
import topdraw.gateway.answer.AnswerJson;
import topdraw.gateway.draw.Candidate;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Options;
import topdraw.gateway.question.OptionsReader;
import topdraw.gateway.question.Question;
import topdraw.json.Json;
import topdraw.theory.finding.Confidence;

/// A question tried on the page, and what it is told while candidates arrive and when one is
/// chosen.
public final class TrialJson {
  /// Everything of every candidate.
  private static final Options FULL =
      OptionsReader.of(Json.mapper().createObjectNode().put("candidates", "full"), "topdraw.");

  private final AnswerJson answers;
  private final Confidence confidence;

  /// What is told of trials.
  ///
  /// @param answers writes answers as the interface gives them
  /// @param confidence of intervals
  public TrialJson(AnswerJson answers, Confidence confidence) {
    this.answers = answers;
    this.confidence = confidence;
  }

  /// The question as the page tries it: one answer, all of whose candidates are told.
  ///
  /// @param asked as it was sent
  /// @return the question
  /// @throws ApiException if several answers are asked for
  public Question question(Question asked) {
    if (asked.choices() > 1) {
      throw ApiException.invalid("n", "invalid_value", "the console asks for one answer at a time");
    }
    return asked.with(FULL.or(asked.options()));
  }

  /// A candidate that has come.
  ///
  /// @param candidate the candidate
  /// @param of how many are drawn at most
  /// @return what the answer's list of candidates will have of it, and `of`
  public Map<String, Object> candidate(Candidate candidate, int of) {
    Map<String, Object> json = AnswerJson.candidate(candidate, Options.Told.FULL);
    json.put("of", of);
    return json;
  }

  /// The answer: `body`, what `/v1/chat/completions` gives; `findings`, the same as are in it with
  /// the words to show; `curve` and `withheld`, what the candidates say of other n.
  ///
  /// @param answer the answer
  /// @param created when, in seconds since 1970
  /// @return what the page is told
  public Map<String, Object> answer(Answer answer, long created) {
    Answer.Part part = answer.parts().getFirst();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("body", answers.whole(answer, created));
    json.put(
        "findings",
        part.plan().n() == 1
            ? List.of()
            : part.chosen().findings(confidence).stream().map(Shown::of).toList());
    json.putAll(OverN.of(part.chosen(), confidence));
    return json;
  }
}
