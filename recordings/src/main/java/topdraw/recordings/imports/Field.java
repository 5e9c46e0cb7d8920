package topdraw.recordings.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// What a recording may say of a sample, and the column names by which it is recognised without
/// being told, the likeliest first. A dot goes into an object or, with a number, into a list.
enum Field {
  PROMPT_ID(
      "prompt_id", "prompt_hash", "doc_id", "problem_id", "question_id", "task_id", "custom_id"),
  PROMPT(
      "prompt",
      "question",
      "instruction",
      "problem",
      "query",
      "arguments.gen_args_0.arg_0",
      "arguments.0.0",
      "input"),
  /// More of the prompt's text: what an instruction is about.
  CONTEXT("input", "context"),
  SYSTEM("system", "system_prompt"),
  /// Earlier turns: pairs of question and answer.
  HISTORY("history"),
  MESSAGES("messages", "conversations", "conversation"),
  TEXT(
      "completion.text",
      "completion",
      "response",
      "output",
      "generation",
      "completions",
      "responses",
      "outputs",
      "generations",
      "samples",
      "resps.0",
      "answer",
      "text"),
  /// What a completion answers, taken out of its text: what votes count.
  ANSWER(),
  REWARD(
      "rewards",
      "reward",
      "score",
      "scores",
      "rating",
      "judge_score",
      "passed",
      "correct",
      "is_correct",
      "exact_match",
      "acc",
      "label",
      "labels"),
  GOLD(),
  LOG_P(
      "logprob.sum",
      "log_p",
      "logp",
      "logprob",
      "log_prob",
      "log_probability",
      "cumulative_logprob",
      "sum_logprob",
      "logprobs"),
  TOKENS(
      "logprob.tokens",
      "usage.completion_tokens",
      "completion_tokens",
      "num_tokens",
      "n_tokens",
      "tokens",
      "length"),
  SECONDS("seconds", "latency", "duration"),
  FINISH("completion.finish_reason", "finish_reason", "stop_reason"),
  SEED("seed");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> guesses;

  Field(String... guesses) {
    this.guesses = List.of(guesses);
  }

  List<String> guesses() {
    return guesses;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Field of(String word) {
    return Arrays.stream(values())
        .filter(field -> field.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    Problem.UNKNOWN,
                    Parameter.MAP,
                    " knows "
                        + Arrays.stream(values()).map(Field::word).collect(Collectors.joining(", "))
                        + ", not '"
                        + word
                        + "'"));
  }
}
