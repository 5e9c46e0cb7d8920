package topdraw.llama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.reference.Judge;
import topdraw.reference.Verdict;

/// A model that is asked questions with given answers: the logits of the answers' first tokens
/// after each question.
///
/// The answers are cut into tokens as they stand, with nothing before them: after a chat template
/// `Yes`, after a text that ends in a word ` Yes`.
final class ModelJudge implements Judge, AutoCloseable {
  private final PromptTokens prompts;
  private final Questions questions;

  /// @param prompts cuts questions and answers into tokens
  /// @param questions asks them; closed with this
  ModelJudge(PromptTokens prompts, Questions questions) {
    this.prompts = prompts;
    this.questions = questions;
  }

  @Override
  public List<Score> logOdds(List<Prompt> asked, String yes, String no) {
    int first = prompts.firstToken(yes);
    int second = prompts.firstToken(no);
    if (first == second) {
      throw new IllegalArgumentException(
          "the answers \"%s\" and \"%s\" begin with the same token; give answers that begin differently"
              .formatted(yes, no));
    }
    return answered(
        asked, logits -> Score.of(logits[0] - logits[1]), Score.Missing::new, first, second);
  }

  @Override
  public List<Verdict> verdicts(List<Prompt> asked, List<String> answers) {
    int[] tokens = answers.stream().mapToInt(prompts::firstToken).toArray();
    if (Arrays.stream(tokens).distinct().count() < tokens.length) {
      throw new IllegalArgumentException(
          "two of the answers " + answers + " begin with the same token; give others");
    }
    return answered(
        asked,
        logits -> new Verdict.Weighed(Arrays.stream(logits).boxed().toList()),
        reason -> new Verdict.Missing("the judge cannot read it: " + reason),
        tokens);
  }

  /// What is made of the logits of some tokens after each question.
  private <T> List<T> answered(
      List<Prompt> asked,
      Function<double[], ? extends T> read,
      Function<String, ? extends T> unread,
      int... tokens) {
    List<PromptTokens.Cut> cut = asked.stream().map(question -> prompts.cut(question, 0)).toList();
    List<int[]> readable = new ArrayList<>();
    for (PromptTokens.Cut one : cut) {
      if (one instanceof PromptTokens.Fits(int[] question)) readable.add(question);
    }
    double[][] logits = questions.logits(readable, tokens);
    List<T> answers = new ArrayList<>();
    int next = 0;
    for (PromptTokens.Cut one : cut) {
      answers.add(
          switch (one) {
            case PromptTokens.Fits _ -> read.apply(logits[next++]);
            case PromptTokens.Unreadable(String reason) -> unread.apply(reason);
          });
    }
    return answers;
  }

  @Override
  public void close() {
    questions.close();
  }
}
