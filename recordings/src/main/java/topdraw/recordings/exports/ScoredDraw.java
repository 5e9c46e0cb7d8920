package topdraw.recordings.exports;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.Prompt.Message;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.prompts.Turns;

/// A draw that has a score and a text: what a trainer can learn from. A draw without a score is
/// never chosen and never rejected.
///
/// @param text the completion
/// @param score its reward
record ScoredDraw(String text, double score) {
  /// Why a prompt has no such draw.
  static final String NONE = "prompts without a score, or with fewer draws than -n";

  /// Which draws are looked at, in words.
  static String of(OptionalInt n) {
    return n.isPresent() ? "of the first " + n.getAsInt() + " draws" : "of all draws of a prompt";
  }

  /// The first draws of a prompt under a reward, in the order drawn.
  ///
  /// @param n how many draws are looked at; empty for all
  /// @return those with a score; none where the prompt has fewer than `n` draws
  /// @throws InputException if one that has a score has no text
  static List<ScoredDraw> of(PromptDraws prompt, String reward, OptionalInt n) {
    List<ScoredDraw> draws = new ArrayList<>();
    int recorded = prompt.draws().size();
    if (n.orElse(recorded) > recorded) {
      return draws;
    }
    for (Draw draw : prompt.draws().subList(0, n.orElse(recorded))) {
      if (draw.scores().of(reward) instanceof Score.Value(double score)) {
        draws.add(new ScoredDraw(text(draw), score));
      }
    }
    return draws;
  }

  private static String text(Draw draw) {
    return draw.text()
        .orElseThrow(
            () ->
                new InputException(
                    Problem.MALFORMED,
                    draw.place()
                        + ": no completion to train on; name its column with --map text=COLUMN"));
  }

  /// The first of the best.
  static ScoredDraw best(List<ScoredDraw> draws) {
    return draws.stream().reduce((a, b) -> b.score > a.score ? b : a).orElseThrow();
  }

  /// The prompt as a trainer reads it: messages, or a text.
  ///
  /// @throws InputException if only the prompt's id is recorded
  static Object prompt(PromptDraws prompt) {
    return switch (asked(prompt)) {
      case Prompt.Chat(List<Message> messages) -> messages.stream().map(Turns::whole).toList();
      case Prompt.Text(String text) -> text;
    };
  }

  private static Prompt asked(PromptDraws prompt) {
    return prompt
        .prompt()
        .orElseThrow(
            () ->
                new InputException(
                    Problem.MALFORMED,
                    "prompt "
                        + prompt.key()
                        + ": only its id is recorded, and a trainer needs its text; name its column"
                        + " with --map prompt=COLUMN"));
  }

  /// The completion as a trainer reads it beside that prompt: messages of the assistant, with the
  /// tools that it called, or a text.
  ///
  /// @throws InputException if tools were called and the prompt is no conversation
  Object completion(PromptDraws prompt) {
    List<Message> calls = calls();
    return switch (asked(prompt)) {
      case Prompt.Chat chat ->
          (calls.isEmpty() ? List.of(new Message("assistant", text)) : calls)
              .stream().map(Turns::whole).toList();
      case Prompt.Text raw -> {
        if (!calls.isEmpty()) {
          throw new InputException(
              Problem.MALFORMED,
              "prompt "
                  + prompt.key()
                  + ": a completion has tool calls, which trainers read in messages only; give the prompt as"
                  + " messages, or export --to jsonl");
        }
        yield text;
      }
    };
  }

  /// The messages of a completion that is more than text.
  private List<Message> calls() {
    return text.startsWith("[{\"role\":\"assistant\"") || text.startsWith("[{\"role\":\"tool\"")
        ? Turns.written(text)
        : List.of();
  }
}
