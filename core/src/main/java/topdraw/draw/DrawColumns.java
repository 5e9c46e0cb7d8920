package topdraw.draw;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// Draws of one prompt in columns: what repeats is kept once, numbers as numbers, texts as bytes. A
/// draw is made when it is asked for. Nothing is appended once it has been handed on.
final class DrawColumns extends AbstractList<Draw> implements RandomAccess {
  private static final long NONE = Long.MIN_VALUE;
  private static final long NO_NUMBER = Double.doubleToRawLongBits(Double.NaN);

  /// How an outcome follows from the rest.
  private enum OutcomeKind {
    SAID,
    NUMBERED,
    UNSEEN,
    KEPT
  }

  private int size;
  private final NumberColumn index = new NumberColumn();
  private final WordColumn<OutcomeKind> outcomeKind = new WordColumn<>();
  private final NumberColumn outcomeNumber = new NumberColumn();
  private final Map<Integer, Outcome> outcomes = new HashMap<>();
  private final TextColumn text = new TextColumn();
  private final NumberColumn tokenCount = new NumberColumn();
  private final Map<Integer, Tokens> tokens = new HashMap<>();
  private final WordColumn<LogProbability> logProbabilityKind = new WordColumn<>();
  private final NumberColumn logProbability = new NumberColumn();
  private final WordColumn<FinishReason> finish = new WordColumn<>();
  private final WordColumn<Scores> scoreShape = new WordColumn<>();
  private final List<NumberColumn> scores = new ArrayList<>();
  private final NumberColumn seconds = new NumberColumn();
  private final WordColumn<Optional<String>> policy = new WordColumn<>();
  private final TextColumn seed = new TextColumn();
  private final WordColumn<String> place = new WordColumn<>();
  private final NumberColumn line = new NumberColumn();
  private final NumberColumn row = new NumberColumn();
  private final WordColumn<Optional<String>> answer = new WordColumn<>();

  void append(Draw draw) {
    index.add(draw.index());
    text.add(draw.text().orElse(null));
    finish.add(draw.finish());
    appendOutcome(draw);
    appendTokens(draw.tokens());
    appendLogProbability(draw.logProbability());
    appendScores(draw.scores());
    seconds.add(bits(draw.seconds()));
    policy.add(draw.origin().policy());
    seed.add(draw.origin().seed().orElse(null));
    appendPlace(draw.place());
    answer.add(draw.answer());
    size++;
  }

  private static long bits(OptionalDouble number) {
    return number.isPresent() ? Double.doubleToRawLongBits(number.getAsDouble()) : NO_NUMBER;
  }

  private static OptionalDouble number(long bits) {
    return bits == NO_NUMBER
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.longBitsToDouble(bits));
  }

  private void appendOutcome(Draw draw) {
    OutcomeKind kind =
        switch (draw.outcome()) {
          case Outcome.Numbered numbered -> OutcomeKind.NUMBERED;
          case Outcome.Said(String said, boolean cut)
              when said.equals(draw.text().orElse(null)) && cut == draw.finish().cut() ->
              OutcomeKind.SAID;
          case Outcome.Unseen(Place where) when where.equals(draw.place()) -> OutcomeKind.UNSEEN;
          default -> OutcomeKind.KEPT;
        };
    outcomeKind.add(kind);
    outcomeNumber.add(draw.outcome() instanceof Outcome.Numbered(long number) ? number : 0);
    if (kind == OutcomeKind.KEPT) {
      outcomes.put(size, draw.outcome());
    }
  }

  private Outcome outcome(int i, Optional<String> said, FinishReason ended, Place where) {
    return switch (outcomeKind.get(i)) {
      case SAID -> new Outcome.Said(said.orElseThrow(), ended.cut());
      case NUMBERED -> new Outcome.Numbered(outcomeNumber.get(i));
      case UNSEEN -> new Outcome.Unseen(where);
      case KEPT -> kept(outcomes, i);
    };
  }

  private static <T> T kept(Map<Integer, T> some, int i) {
    @Nullable T known = some.get(i);
    if (known == null) {
      throw new IllegalStateException("draw " + i + " was not kept");
    }
    return known;
  }

  private void appendTokens(Tokens of) {
    boolean plain = of instanceof Tokens.Unknown || of instanceof Tokens.Count;
    tokenCount.add(plain ? bits(of.length()) : NONE);
    if (!plain) {
      tokens.put(size, of);
    }
  }

  private Tokens tokens(int i) {
    long count = tokenCount.get(i);
    return count == NONE ? kept(tokens, i) : Tokens.count(number(count));
  }

  /// Its kind is itself with a number that is always possible.
  private void appendLogProbability(LogProbability of) {
    logProbabilityKind.add(withNats(of, 0));
    logProbability.add(bits(of.recorded()));
  }

  private static LogProbability withNats(LogProbability kind, double nats) {
    return switch (kind) {
      case LogProbability.Exact exact -> new LogProbability.Exact(nats);
      case LogProbability.AtMost(double bound, LogProbability.AtMost.Reason reason) ->
          new LogProbability.AtMost(nats, reason);
      case LogProbability.Unproven(double recorded, LogProbability.Doubt doubt) ->
          new LogProbability.Unproven(nats, doubt);
      case LogProbability.Missing missing -> missing;
    };
  }

  /// The shape holds the names, and why a score is missing.
  private void appendScores(Scores of) {
    List<Score> shape = new ArrayList<>();
    for (int k = 0; k < of.scores().size(); k++) {
      if (k == scores.size()) {
        scores.add(new NumberColumn());
        for (int i = 0; i < size; i++) {
          scores.get(k).add(0);
        }
      }
      Score score = of.scores().get(k);
      shape.add(score instanceof Score.Value ? ANY : score);
    }
    scoreShape.add(new Scores(of.names(), shape));
    for (int k = 0; k < scores.size(); k++) {
      scores
          .get(k)
          .add(
              k < of.scores().size() && of.scores().get(k) instanceof Score.Value(double value)
                  ? Double.doubleToRawLongBits(value)
                  : 0);
    }
  }

  private static final Score ANY = new Score.Value(0);

  private Scores scores(int i) {
    Scores shape = scoreShape.get(i);
    if (shape.scores().isEmpty()) {
      return Scores.none();
    }
    List<Score> values = new ArrayList<>(shape.scores().size());
    for (int k = 0; k < shape.scores().size(); k++) {
      Score score = shape.scores().get(k);
      values.add(
          score instanceof Score.Value
              ? new Score.Value(Double.longBitsToDouble(scores.get(k).get(i)))
              : score);
    }
    return new Scores(shape.names(), values);
  }

  /// The scores under one reward as they are kept, where every draw has one; nobody changes them.
  Optional<double[]> ranks(String reward) {
    Optional<Scores> shape = scoreShape.only();
    int at = shape.map(of -> of.names().lastIndexOf(reward)).orElse(-1);
    return at >= 0 && shape.orElseThrow().scores().get(at) instanceof Score.Value
        ? Optional.of(scores.get(at).doubles())
        : Optional.empty();
  }

  /// The log-probabilities as they are kept, where every draw has one that is usable; nobody
  /// changes them.
  Optional<double[]> usableLogProbabilities() {
    boolean one = logProbabilityKind.only().filter(kind -> kind.usable().isPresent()).isPresent();
    if (!one) {
      return Optional.empty();
    }
    for (int i = 0; i < size; i++) {
      if (!LogProbability.possible(Double.longBitsToDouble(logProbability.get(i)))) {
        return Optional.empty();
      }
    }
    return Optional.of(logProbability.doubles());
  }

  /// Of `answers.jsonl:12` the number is kept as one.
  private void appendPlace(Place of) {
    String words = of.words();
    int digits = words.length();
    while (digits > 0 && words.charAt(digits - 1) >= '0' && words.charAt(digits - 1) <= '9') {
      digits--;
    }
    int length = words.length() - digits;
    boolean number = length > 0 && length < 18 && (length == 1 || words.charAt(digits) != '0');
    place.add(number ? words.substring(0, digits) : words);
    line.add(number ? Long.parseLong(words.substring(digits)) : NONE);
    row.add(of.row().orElse(NONE));
  }

  private Place place(int i) {
    String words = place.get(i);
    long number = line.get(i);
    long last = row.get(i);
    return new Place(
        number == NONE ? words : words + number,
        last == NONE ? OptionalLong.empty() : OptionalLong.of(last));
  }

  @Override
  public Draw get(int i) {
    if (i < 0 || i >= size) {
      throw new IndexOutOfBoundsException(i);
    }
    Optional<String> said = Optional.ofNullable(text.get(i));
    FinishReason ended = finish.get(i);
    Place where = place(i);
    return new Draw(
        (int) index.get(i),
        outcome(i, said, ended, where),
        said,
        tokens(i),
        withNats(logProbabilityKind.get(i), Double.longBitsToDouble(logProbability.get(i))),
        ended,
        scores(i),
        number(seconds.get(i)),
        new Origin(policy.get(i), Optional.ofNullable(seed.get(i)), where),
        answer.get(i));
  }

  @Override
  public int size() {
    return size;
  }
}
