package topdraw.reward;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.Asked;
import topdraw.provider.Offer;

/// Provides the rewards of this module.
public final class BuiltInRewards implements RewardProvider {
  /// Bytes of a JSON Schema or a rubric.
  private static final int LONGEST_SCHEMA = 1 << 20;

  /// The service loader's constructor.
  public BuiltInRewards() {}

  @Override
  public List<Offer<Reward, RewardContext>> offers() {
    return List.of(
        new Offer<>(
            "log-likelihood",
            "log-likelihood",
            (asked, context) -> withoutArgument(asked, Rewards.logLikelihood())),
        new Offer<>(
            "negative-length",
            "negative-length",
            (asked, context) -> withoutArgument(asked, Rewards.negativeLength())),
        new Offer<>(
            "regex",
            "regex:PATTERN",
            (asked, context) -> Rewards.regularExpression(asked.required("regex:^Paris"))),
        new Offer<>(
            "numeric",
            "numeric:ANSWER",
            (asked, context) -> Rewards.numericAnswer(asked.required("numeric:42"))),
        new Offer<>("majority", "majority[:ANSWER]", (asked, context) -> majority(asked)),
        new Offer<>("json-schema", "json-schema:FILE", (asked, context) -> jsonSchema(asked)),
        new Offer<>("self-judge", "self-judge[:QUESTION]", BuiltInRewards::selfJudge),
        new Offer<>(
            "judge",
            "judge[:RUBRIC-FILE]",
            (asked, context) ->
                new RatingJudge(
                    asked.spec(),
                    context.judge(asked.name()),
                    rubric(asked.name(), asked.argument()))),
        new Offer<>(
            "knockout",
            "knockout[:RUBRIC-FILE]",
            (asked, context) ->
                new Knockout(
                    asked.spec(),
                    context.judge(asked.name()),
                    rubric(asked.name(), asked.argument()))),
        new Offer<>(
            "process",
            "process:COMMAND",
            (asked, context) ->
                ProcessReward.of(
                    asked.spec(),
                    asked.required("process:python3 score.py"),
                    context.processLimit())));
  }

  private static Reward withoutArgument(Asked asked, Reward reward) {
    asked.requireNone();
    return reward;
  }

  private static Reward majority(Asked asked) {
    String answer = asked.argument().filter(text -> !text.isBlank()).orElse("text");
    try {
      return new Majority(asked.spec(), AnswerExtraction.of(answer), Optional.empty());
    } catch (InputException e) {
      throw InputException.at("majority", e);
    }
  }

  private static Reward selfJudge(Asked asked, RewardContext context) {
    return new SelfJudge(
        asked.spec(),
        context.judge(asked.name()),
        asked.argument().filter(text -> !text.isBlank()).orElse(SelfJudge.QUESTION));
  }

  /// How a judge is asked.
  ///
  /// @param reward who asks
  /// @param file the rubric's file; empty for the usual one
  /// @return the question
  /// @throws InputException if the file cannot be read, or says nothing
  public static JudgedQuestion rubric(String reward, Optional<String> file) {
    if (file.isEmpty() || file.get().isEmpty()) {
      return new JudgedQuestion(JudgedQuestion.RUBRIC);
    }
    String rubric = text(reward, Path.of(file.get())).strip();
    if (rubric.isEmpty()) {
      throw new InputException(
          Problem.MISSING, reward + ": " + file.get() + " holds no words to judge by");
    }
    return new JudgedQuestion(rubric);
  }

  private static Reward jsonSchema(Asked asked) {
    String file = asked.required("json-schema:answer.json");
    String schema = text("json-schema", Path.of(file));
    try {
      return JsonSchema.of(asked.spec(), schema);
    } catch (InputException e) {
      throw InputException.at("json-schema: " + file, e);
    }
  }

  private static String text(String reward, Path file) {
    try {
      return GivenFile.text(file, LONGEST_SCHEMA);
    } catch (InputException e) {
      throw InputException.at(reward, e);
    } catch (IOException e) {
      throw new InputException(
              Problem.MISSING, reward + ": cannot read " + file + ": " + e.getMessage())
          .by(e);
    }
  }
}
