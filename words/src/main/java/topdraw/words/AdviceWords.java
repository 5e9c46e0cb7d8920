package topdraw.words;

import java.util.Map;
import java.util.stream.Collectors;
import topdraw.advice.Advice;
import topdraw.advice.Subject;

/// What advice is called, on pages and in text.
public final class AdviceWords {
  private AdviceWords() {}

  /// What was asked, as a heading.
  ///
  /// @param subject what advice is about
  /// @return such as `Forecast beyond the recorded draws`
  public static String heading(Subject subject) {
    return switch (subject) {
      case FORECAST -> "Forecast beyond the recorded draws";
      case ACCEPTANCE -> "When none is good enough";
      case GUARD -> "Guard against over-optimisation";
      case CEILING -> "More draws cannot help above";
      case BUDGET -> "Where to spend draws";
    };
  }

  /// What the answer is, and what it is not.
  ///
  /// @param subject what advice is about
  /// @return a sentence
  public static String about(Subject subject) {
    return switch (subject) {
      case FORECAST -> "pass@k for more draws than any prompt has.";
      case ACCEPTANCE ->
          "The winner of the first n draws is given from this score on, else no answer. Each line holds"
              + " by itself, not all of them together.";
      case GUARD ->
          "The setting with the most gold on one half of the prompts, judged on the other half; then the"
              + " halves change places. Where nothing is gained over plain best-of-n, nothing was found to"
              + " guard against.";
      case CEILING ->
          "What best-of-n tends to as n grows, if the highest score is one that many draws share.";
      case BUDGET ->
          "Rules replayed on the recorded draws without peeking, each made from the other half of the"
              + " prompts. What is saved is saved only as far as the rewards are equal.";
    };
  }

  /// What a setting is.
  ///
  /// @param row a setting
  /// @return its name and numbers, such as `k = 256`
  public static String of(Advice.Row row) {
    String numbers =
        row.at().entrySet().stream()
            .map(number -> number(number))
            .collect(Collectors.joining(", "));
    return row.name().map(name -> numbers.isEmpty() ? name : name + ", " + numbers).orElse(numbers);
  }

  private static String number(Map.Entry<String, Double> number) {
    return number.getKey() + " = " + Digits.near(number.getValue());
  }
}
