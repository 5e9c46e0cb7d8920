package topdraw.recordings.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.Origin;
import topdraw.draw.Outcome;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.json.Json;

/// A draw that has been on its way as JSON is the draw that it was, to the last bit.
class DrawJsonTest {
  static Stream<Draw> draws() {
    double nats = -12.345678901234567;
    List<Tokens> tokens =
        List.of(
            new Tokens.Ids(new int[] {3, 1, 4}, new double[] {-0.1, -1e-300, -7.000000000000001}),
            new Tokens.Ids(new int[] {3, 1, 4}, new double[0]),
            new Tokens.Texts(List.of("a", " b\uD83D", "\n"), new double[] {-0.1, -2, -3}),
            new Tokens.Texts(List.of("a"), new double[0]),
            Tokens.count(OptionalDouble.of(17)),
            Tokens.unknown());
    List<LogProbability> worths =
        List.of(
            LogProbability.exact(nats),
            LogProbability.atMost(nats, new AtMost.Reason.Truncation()),
            LogProbability.atMost(nats, new AtMost.Reason.Recorded()),
            LogProbability.atMost(nats, new AtMost.Reason.Margin(6e-4)),
            new Unproven(nats, Doubt.UNKNOWN_DISTRIBUTION),
            new Unproven(nats, Doubt.OTHER_DISTRIBUTION),
            new Unproven(nats, Doubt.NO_END_TOKEN),
            new Unproven(nats, Doubt.INCOMPLETE),
            LogProbability.exact(-9999),
            LogProbability.exact(1.5),
            LogProbability.exact(-0.0),
            LogProbability.exact(Double.NaN),
            LogProbability.exact(Double.NEGATIVE_INFINITY),
            LogProbability.exact(Double.POSITIVE_INFINITY),
            new Unproven(Double.NaN, Doubt.NO_END_TOKEN),
            new Unproven(Double.NEGATIVE_INFINITY, Doubt.OTHER_DISTRIBUTION),
            LogProbability.missing());
    return tokens.stream().flatMap(known -> worths.stream().map(worth -> draw(known, worth)));
  }

  private static Draw draw(Tokens tokens, LogProbability worth) {
    Optional<String> text = Optional.of("žluť 🦄\n\u0000 half \uD83D");
    FinishReason finish = FinishReason.STOP;
    Origin origin = new Origin(Optional.of("fp_1"), Optional.of("123"), Origin.JUST_DRAWN.place());
    return new Draw(
        5,
        Outcome.of(tokens, text, finish, origin.place()),
        text,
        tokens,
        worth,
        finish,
        Scores.none(),
        OptionalDouble.empty(),
        origin);
  }

  @ParameterizedTest
  @MethodSource("draws")
  void whatIsReadIsWhatARunKeepsOfWhatWasWritten(Draw draw) {
    assertThat(DrawJson.read(DrawJson.of(draw))).isEqualTo(kept(draw));
  }

  /// So a folder has the same bytes, whichever way a draw has gone.
  @ParameterizedTest
  @MethodSource("draws")
  void aRunWritesTheSameOfBoth(Draw draw) {
    Draw read = DrawJson.read(DrawJson.of(draw));
    assertThat(written(read)).isEqualTo(written(draw));
  }

  private static String written(Draw draw) {
    return Stream.of(
            SampleLine.Text.of(draw),
            SampleLine.LogP.of(draw),
            SampleLine.Usage.of(draw),
            SampleLine.From.of(draw.origin()))
        .map(part -> part == null ? "null" : Json.line(part))
        .toList()
        .toString();
  }

  /// Without a log-probability a line has none of its tokens either.
  private static Draw kept(Draw draw) {
    if (!draw.logProbability().equals(LogProbability.missing())) {
      return draw;
    }
    Tokens tokens =
        switch (draw.tokens()) {
          case Tokens.Ids ids -> new Tokens.Ids(ids.ids(), new double[0]);
          case Tokens.Texts texts -> new Tokens.Texts(texts.texts(), new double[0]);
          case Tokens.Count count -> count;
          case Tokens.Unknown unknown -> unknown;
        };
    return draw(tokens, draw.logProbability());
  }
}
