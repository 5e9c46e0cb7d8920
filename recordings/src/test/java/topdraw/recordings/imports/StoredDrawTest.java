package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.Origin;
import topdraw.draw.Outcome;
import topdraw.draw.Place;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;

/// A draw comes back from bytes as it was.
class StoredDrawTest {
  private final Random random = new Random();

  private String text() {
    String[] texts = {
      "", "so", "ünï", "界🙂", "half \ud83d", "half ?", "\0\n\"", "x".repeat(70_000)
    };
    return texts[random.nextInt(texts.length)];
  }

  private Optional<String> perhaps() {
    return random.nextBoolean() ? Optional.of(text()) : Optional.empty();
  }

  private @Nullable String orNone() {
    return perhaps().orElse(null);
  }

  private double number() {
    double[] numbers = {0.0, -0.0, 1e-300, -17.25, 3, 1e150, Double.MIN_VALUE};
    return numbers[random.nextInt(numbers.length)];
  }

  private OptionalDouble maybe() {
    return random.nextBoolean() ? OptionalDouble.of(number()) : OptionalDouble.empty();
  }

  private Tokens tokens() {
    int size = random.nextInt(4);
    int[] ids = random.ints(size).toArray();
    double[] nats = random.doubles(random.nextBoolean() ? size : 0, -30, 0).toArray();
    return switch (random.nextInt(3)) {
      case 0 -> Tokens.unknown();
      case 1 -> Tokens.count(maybe());
      default -> new Tokens.Ids(ids, nats);
    };
  }

  private LogProbability logProbability() {
    double nats = -random.nextDouble() * 300;
    Doubt[] doubts = Doubt.values();
    return switch (random.nextInt(6)) {
      case 0 -> LogProbability.exact(nats);
      case 1 -> LogProbability.atMost(nats, new AtMost.Reason.Recorded());
      case 2 -> LogProbability.atMost(nats, new AtMost.Reason.Truncation());
      case 3 -> LogProbability.atMost(nats, new AtMost.Reason.Margin(0.125));
      case 4 ->
          new LogProbability.Unproven(
              random.nextBoolean() ? nats : Double.NaN, doubts[random.nextInt(doubts.length)]);
      default -> LogProbability.missing();
    };
  }

  private Scores scores() {
    Score score =
        random.nextBoolean() ? new Score.Value(number()) : new Score.Missing("none " + text());
    List<Score> scores =
        List.of(score, new Score.Value(Double.NEGATIVE_INFINITY)).subList(0, random.nextInt(3));
    return new Scores(List.of("reward " + text(), "other").subList(0, scores.size()), scores);
  }

  private PartDraw part() {
    Tokens tokens = tokens();
    Optional<String> said = perhaps();
    FinishReason finish = FinishReason.of(random.nextBoolean() ? perhaps() : Optional.of("length"));
    Place place =
        random.nextBoolean() ? Place.of("file:12") : Place.row("file", random.nextLong(1L << 40));
    Outcome outcome =
        random.nextInt(4) == 0
            ? new Outcome.Named(text())
            : Outcome.of(
                tokens, random.nextBoolean() ? said : perhaps().or(() -> said), finish, place);
    Draw draw =
        new Draw(
                random.nextInt(100),
                outcome,
                said,
                tokens,
                logProbability(),
                finish,
                scores(),
                maybe(),
                new Origin(
                    perhaps().map(String::strip).filter(p -> !p.isEmpty()), perhaps(), place))
            .withAnswer(perhaps());
    return new PartDraw(draw, orNone(), orNone(), orNone(), List.of("mark", text()));
  }

  @RepeatedTest(300)
  void aDrawComesBackAsItWas(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    random.setSeed(seed);
    PartDraw part = part();
    PartDraw back = StoredDraw.part(StoredDraw.bytes(part), part.draw().index(), "", part.marks());
    assertThat(back).as("seed %d", seed).isEqualTo(part);
  }

  @Test
  void bytesThatWereChangedAreNoDraw() {
    byte[] bytes = StoredDraw.bytes(part());
    for (byte[] changed :
        List.of(Arrays.copyOf(bytes, bytes.length - 1), Arrays.copyOf(bytes, bytes.length + 1))) {
      assertThatThrownBy(() -> StoredDraw.part(changed, 0, "", List.of()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("what this program wrote was changed while it ran");
    }
  }

  @Test
  void whatElseIsKnownOfThePolicyFollowsItsOwn() {
    random.setSeed(1);
    Draw draw = part().draw();
    for (String own : List.of("", "model=a")) {
      Origin origin =
          new Origin(
              own.isEmpty() ? Optional.empty() : Optional.of(own),
              Optional.empty(),
              Place.of("file:1"));
      Draw of =
          new Draw(
              0,
              new Outcome.Named("n"),
              draw.text(),
              draw.tokens(),
              draw.logProbability(),
              draw.finish(),
              draw.scores(),
              draw.seconds(),
              origin);
      byte[] bytes = StoredDraw.bytes(PartDraw.whole(of));
      assertThat(StoredDraw.part(bytes, 0, "t=1 ", List.of()).draw().origin().policy())
          .contains((own + " t=1").strip());
      assertThat(StoredDraw.part(bytes, 0, "", List.of()).draw().origin().policy())
          .isEqualTo(origin.policy());
    }
  }
}
