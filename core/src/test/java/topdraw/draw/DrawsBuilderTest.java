package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.input.InputException;

/// Draws kept in columns are the draws that were added, whatever they hold.
class DrawsBuilderTest {
  private static final int DRAWS = 9_000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void whatIsTakenOutIsWhatWasPutIn(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Draw> added = new ArrayList<>();
    DrawsBuilder builder = new DrawsBuilder();
    for (int i = 0; i < DRAWS; i++) {
      // The first of them are alike, as those of one file are.
      Draw draw = i < DRAWS / 2 ? plain(i, random) : any(i, random);
      added.add(draw);
      builder.add(draw);
    }
    List<Draw> built = builder.build("key");
    assertThat(builder.size()).isEqualTo(DRAWS);
    assertThat(built).isInstanceOf(DrawColumns.class).hasSize(DRAWS);
    for (int i = 0; i < DRAWS; i++) {
      assertThat(words(built.get(i))).as("draw " + i).isEqualTo(words(added.get(i)));
      assertThat(built.get(i).outcome()).as("draw " + i).isEqualTo(added.get(i).outcome());
    }
    PromptDraws columns = new PromptDraws("key", Optional.empty(), built);
    PromptDraws objects = new PromptDraws("key", Optional.empty(), added);
    assertThat(columns.outcomes()).isEqualTo(objects.outcomes());
    assertThat(columns.logProbabilities()).isEqualTo(objects.logProbabilities());
    List<Draw> without = new ArrayList<>(added.subList(0, 100));
    without.addAll(added.subList(400, DRAWS));
    PromptDraws fewer = new PromptDraws("key", Optional.empty(), without);
    assertThat(columns.without(100, 400).outcomes()).isEqualTo(fewer.outcomes());
    assertThat(columns.without(100, 400).ranks("a")).isEqualTo(fewer.ranks("a"));
  }

  /// The last draw that fits is kept; of more only the number, and the refusal names it.
  @Test
  void drawsThatCannotBeHeldAreCountedAndRefused() {
    long most = DrawRoom.needed(5_000, 5_000L * "answer".length());
    DrawsBuilder fits = new DrawsBuilder(most);
    DrawsBuilder beyond = new DrawsBuilder(most);
    for (int i = 0; i < 5_000; i++) {
      fits.add(Draw.of(i, "answer", Tokens.unknown(), LogProbability.missing(), FinishReason.STOP));
    }
    for (int i = 0; i < 123_456; i++) {
      beyond.add(
          Draw.of(i, "answer", Tokens.unknown(), LogProbability.missing(), FinishReason.STOP));
    }
    assertThat(fits.build("small")).hasSize(5_000);
    assertThat(beyond.size()).isEqualTo(123_456);
    assertThatThrownBy(() -> beyond.build("large"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "prompt 'large' has 123,456 draws, which need about %d MiB of memory at once, of which there are %d; give Java more (TOPDRAW_JAVA_OPTS=-Xmx1g) or keep fewer draws of this prompt"
                .formatted(DrawRoom.needed(123_456, 123_456 * 6) >> 20, most >> 20));
  }

  /// Few draws of long texts that are too many stay so, however many short ones follow.
  @Test
  void whatWasRefusedOnceIsRefusedForGood() {
    DrawsBuilder builder = new DrawsBuilder(64L << 20);
    String text = "x".repeat(1 << 20);
    for (int i = 0; i < 9_000; i++) {
      String said = i < 70 ? text : "short";
      builder.add(Draw.of(i, said, Tokens.unknown(), LogProbability.missing(), FinishReason.STOP));
    }
    assertThat(builder.size()).isEqualTo(9_000);
    assertThatThrownBy(() -> builder.build("long"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("prompt 'long' has 9,000 draws, which need about 71 MiB");
  }

  private static String words(Draw draw) {
    return draw.index()
        + draw.tokens().toString().replaceAll("@\\w+|\\[.*?]", "")
        + draw.length()
        + draw.text()
        + draw.logProbability()
        + draw.finish()
        + draw.scores()
        + draw.seconds()
        + draw.origin().policy()
        + draw.origin().seed()
        + draw.place().words()
        + draw.place().row()
        + draw.answer();
  }

  private static Draw plain(int i, RandomGenerator random) {
    Optional<String> text = Optional.of("answer " + random.nextInt(500));
    return draw(i, text, new Outcome.Said(text.get(), false), Tokens.unknown(), random)
        .withScores(new Scores(List.of("a"), List.of(new Score.Value(random.nextGaussian()))));
  }

  private static Draw any(int i, RandomGenerator random) {
    Optional<String> text =
        switch (random.nextInt(5)) {
          case 0 -> Optional.empty();
          case 1 -> Optional.of("\uD83D\uDE00é" + random.nextInt(9));
          case 2 -> Optional.of("half \uD83D pair");
          case 3 -> Optional.of("");
          default -> Optional.of("x".repeat(random.nextInt(300)));
        };
    Tokens tokens =
        switch (random.nextInt(3)) {
          case 0 -> Tokens.count(OptionalDouble.of(random.nextInt(9)));
          case 1 -> new Tokens.Ids(new int[] {i, 2}, new double[] {-1, -2});
          default -> Tokens.unknown();
        };
    Outcome outcome =
        switch (random.nextInt(4)) {
          case 0 -> new Outcome.Numbered(random.nextLong(-5, 5) << random.nextInt(60));
          case 1 -> new Outcome.Named("name " + random.nextInt(9));
          case 2 -> new Outcome.Said("other", random.nextBoolean());
          default -> new Outcome.Ids(new int[] {random.nextInt(5)});
        };
    int missing = random.nextInt(3);
    Scores scores =
        missing == 0
            ? Scores.none()
            : new Scores(
                List.of("a", "b"),
                List.of(
                    new Score.Value(random.nextDouble()),
                    missing == 1 ? new Score.Missing("why " + i % 3) : new Score.Value(-0.0)));
    return draw(i * 3 + random.nextInt(2), text, outcome, tokens, random).withScores(scores);
  }

  private static Draw draw(
      int index, Optional<String> text, Outcome outcome, Tokens tokens, RandomGenerator random) {
    LogProbability logP =
        switch (random.nextInt(4)) {
          case 0 -> LogProbability.exact(-random.nextDouble());
          case 1 -> LogProbability.atMost(-3, new LogProbability.AtMost.Reason.Truncation());
          case 2 -> new LogProbability.Unproven(0.5, LogProbability.Doubt.IMPOSSIBLE);
          default -> LogProbability.missing();
        };
    Place place =
        switch (random.nextInt(4)) {
          case 0 -> Place.row("file.parquet", index + 1L);
          case 1 -> Place.of("file.jsonl:007");
          case 2 -> Place.of("12345678901234567890123");
          default -> Place.of("file.jsonl:" + index);
        };
    return new Draw(
            index,
            outcome,
            text,
            tokens,
            logP,
            random.nextInt(9) == 0 ? FinishReason.LENGTH : FinishReason.STOP,
            Scores.none(),
            random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble()),
            new Origin(
                random.nextBoolean() ? Optional.empty() : Optional.of("model"),
                random.nextBoolean() ? Optional.empty() : Optional.of("seed " + index),
                place))
        .withAnswer(random.nextBoolean() ? Optional.empty() : Optional.of("" + index % 7));
  }
}
