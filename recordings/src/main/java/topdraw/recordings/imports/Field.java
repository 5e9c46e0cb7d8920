package topdraw.recordings.imports;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// What a recording may say of a sample. The names by which each is recognised stand in
/// `layouts.json`.
enum Field {
  /// Where the rows of a document are.
  ROWS,
  PROMPT_ID,
  PROMPT,
  /// More of the prompt's text: what an instruction is about.
  CONTEXT,
  SYSTEM,
  /// Earlier turns: pairs of question and answer.
  HISTORY,
  MESSAGES,
  TEXT,
  /// What a completion answers, taken out of its text: what votes count.
  ANSWER,
  REWARD,
  GOLD,
  LOG_P,
  TOKENS,
  SECONDS,
  FINISH,
  SEED,
  /// What else tells prompts apart.
  ASKED,
  /// What tells policies apart.
  POLICY,
  /// Whose view of a completion a row is.
  RATER,
  /// Which rollout a row is a turn of.
  ROLLOUT,
  /// Which turn of it.
  TURN,
  /// Columns to be taken for nothing.
  IGNORE;

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
