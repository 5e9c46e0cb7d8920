package topdraw.reward;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// A program of the user's that scores completions: a JSON line in, a JSON line out.
///
///     {"items":[{"id":"0","prompt":"…","completion":"…"}, …]}
///     {"rewards":[{"id":"0","value":1.5}, {"id":"1","value":null,"error":"why"}, …]}
///
/// One that scores steps answers `{"id":"0","steps":[0.9,0.4]}`.
///
/// No id comes twice, so a line too many is never taken for the answer to the next call.
///
/// The program is started when it is first needed and kept; what it writes to standard error passes
/// through. Where it ended after an answer, as a program does that reads one line, it is started anew
/// and asked the same again, once. When it ends otherwise, hangs past the time limit or answers
/// anything else, the scores of that call are missing and it is started anew for the next one; after
/// [#PATIENCE] calls in a row without an answer it is not asked again. No shell is involved unless
/// the command names one.
///
/// An interrupt, or a program ended by SIGINT or SIGTERM as Ctrl-C ends all of a terminal's
/// programs, cancels the call: what somebody stopped is not a missing score.
final class ProcessReward implements StepReward {
  /// How long one call may take.
  static final Duration LIMIT = Duration.ofMinutes(1);

  /// Calls in a row that may go without an answer.
  static final int PATIENCE = 3;

  private final String name;
  private final List<String> command;
  private final Duration limit;
  private @Nullable LineProcess process;

  /// Whether the process has answered a call.
  private boolean answered;

  private int unanswered;
  private long asked;

  private ProcessReward(String name, List<String> command, Duration limit) {
    this.name = name;
    this.command = command;
    this.limit = limit;
  }

  /// @param name the reward's name
  /// @param command program and arguments, words between spaces; quotes keep words together
  /// @param limit how long one call may take
  /// @throws InputException if the command has no word or an open quote
  static ProcessReward of(String name, String command, Duration limit) {
    return new ProcessReward(name, words(command), limit);
  }

  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) words.add(word.toString());
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new InputException(Problem.MALFORMED, "process: a quote is not closed in " + command);
    }
    if (inWord) words.add(word.toString());
    if (words.isEmpty()) {
      throw new InputException(
          Problem.MISSING, "process: needs a command, as in process:python3 score.py");
    }
    return words;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RewardIdentity identity() {
    return RewardIdentity.of(name, "1", command);
  }

  @Override
  public boolean scoresPrefixes() {
    return true;
  }

  /// The program is asked about the completions whose text is known.
  @Override
  public List<Score> score(PromptDraws prompt) {
    return answers(prompt).stream().map(AnsweredItem::score).toList();
  }

  @Override
  public List<Steps> steps(PromptDraws prompt) {
    return answers(prompt).stream().map(AnsweredItem::steps).toList();
  }

  private synchronized List<AnsweredItem> answers(PromptDraws prompt) {
    if (prompt.prompt().isEmpty()) {
      return Collections.nCopies(
          prompt.draws().size(), AnsweredItem.missing("the prompt is not recorded"));
    }
    String asked = prompt.prompt().get().display();
    List<String> texts = prompt.draws().stream().map(Draw::text).flatMap(Optional::stream).toList();
    Iterator<AnsweredItem> answers =
        (texts.isEmpty() ? List.<AnsweredItem>of() : ask(asked, texts)).iterator();
    return prompt.draws().stream()
        .map(draw -> draw.text().isPresent() ? answers.next() : AnsweredItem.NO_TEXT)
        .toList();
  }

  private List<AnsweredItem> ask(String prompt, List<String> texts) {
    if (unanswered >= PATIENCE) {
      return missing(
          texts, "the program gave no answer " + PATIENCE + " times in a row; not asked again");
    }
    try {
      List<AnsweredItem> items = answer(prompt, texts);
      answered = true;
      unanswered = 0;
      return items;
    } catch (CancellationException e) {
      close();
      throw e;
    } catch (IOException | InputException e) {
      unanswered++;
      close();
      return missing(texts, String.valueOf(e.getMessage()));
    }
  }

  private List<AnsweredItem> answer(String prompt, List<String> texts) throws IOException {
    try {
      return exchange(prompt, texts);
    } catch (LineProcess.Ended e) {
      if (!answered) throw e;
      close();
      return exchange(prompt, texts);
    }
  }

  private List<AnsweredItem> exchange(String prompt, List<String> texts) throws IOException {
    if (process == null) process = LineProcess.start(command);
    long first = asked;
    asked += texts.size();
    return RewardItems.read(
        process.ask(RewardItems.request(prompt, texts, first), limit),
        "the program",
        first,
        texts.size());
  }

  private static List<AnsweredItem> missing(List<String> texts, String reason) {
    return Collections.nCopies(texts.size(), AnsweredItem.missing(reason));
  }

  @Override
  public synchronized void close() {
    if (process != null) process.close();
    process = null;
    answered = false;
  }
}
