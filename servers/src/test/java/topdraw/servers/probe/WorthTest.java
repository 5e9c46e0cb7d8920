package topdraw.servers.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.AtMost.Reason;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Exact;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.Tokens;
import topdraw.reference.Sampling;
import topdraw.servers.probe.Completion.Entry;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;
import topdraw.servers.probe.LogProbabilitySemantics.Terms;

/// What a sum of log-probabilities proves, situation by situation.
class WorthTest {
  private static final Sampling PLAIN = Sampling.plain(8);
  private static final Sampling WARM = new Sampling(1.5, 0, 1, 0, 8);
  private static final Sampling CUT = new Sampling(1, 0, 0.9, 0, 8);
  private static final Sampling WARM_CUT = new Sampling(0.7, 40, 0.95, 0.05, 8);

  /// -1, -2 and the end's -0.5.
  private static final double SUM = -3.5;

  private static LogProbabilitySemantics semantics(Distribution distribution) {
    return new LogProbabilitySemantics(distribution, EndToken.INCLUDED, Terms.ALL, true, false, 0);
  }

  private static LogProbabilitySemantics semantics(EndToken endToken) {
    return new LogProbabilitySemantics(Distribution.POLICY, endToken, Terms.ALL, true, false, 0);
  }

  private static LogProbabilitySemantics semantics(Terms terms) {
    return new LogProbabilitySemantics(
        Distribution.POLICY, EndToken.INCLUDED, terms, true, false, 0);
  }

  private static LogProbabilitySemantics tooHigh(Distribution distribution) {
    return new LogProbabilitySemantics(
        distribution, EndToken.INCLUDED, Terms.ALL, true, false, 5e-4);
  }

  private static final LogProbabilitySemantics RAW = semantics(Distribution.RAW);
  private static final LogProbabilitySemantics TEMPERED = semantics(Distribution.TEMPERATURE);
  private static final LogProbabilitySemantics POLICY = semantics(Distribution.POLICY);

  /// A completion of " a", " b" and its end, changed in one way.
  record Told(List<Entry> entries, String finish, int tokens, boolean hidden) {
    static Told whole() {
      return new Told(entries(-1, -2, -0.5), "stop", 3, false);
    }

    static List<Entry> entries(double... nats) {
      String[] words = {" a", " b", "", ""};
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < nats.length; i++) {
        entries.add(new Entry(words[i], nats[i], OptionalInt.of(i), Map.of()));
      }
      return entries;
    }

    Told with(double... nats) {
      return new Told(entries(nats), finish, tokens, hidden);
    }

    Told ended(String word, int drawn) {
      return new Told(entries, word, drawn, hidden);
    }

    Told withoutIds() {
      return new Told(
          entries.stream()
              .map(e -> new Entry(e.token(), e.nats(), OptionalInt.empty(), e.others()))
              .toList(),
          finish,
          tokens,
          hidden);
    }

    /// Another token at the first place.
    Told beside(double nats, double other) {
      List<Entry> more = new ArrayList<>(entries);
      more.set(0, new Entry(" a", nats, OptionalInt.of(0), Map.of(" z", other)));
      return new Told(more, finish, tokens, hidden);
    }

    Told hiding() {
      return new Told(entries, finish, tokens, true);
    }

    Completion completion() {
      return new Completion(
          " a b",
          finish.isEmpty() ? Optional.empty() : Optional.of(finish),
          entries,
          new int[0],
          tokens < 0 ? OptionalInt.empty() : OptionalInt.of(tokens),
          OptionalInt.empty(),
          hidden,
          Optional.empty());
    }
  }

  private static final LogProbability EXACT = new Exact(SUM);
  private static final LogProbability TRUNCATED = new AtMost(SUM, new Reason.Truncation());
  private static final LogProbability WITH_MARGIN =
      new AtMost(SUM - 3 * 5e-4, new Reason.Margin(5e-4));
  private static final LogProbability MISSING = LogProbability.missing();
  private static final LogProbability OTHER = new Unproven(SUM, Doubt.OTHER_DISTRIBUTION);
  private static final LogProbability NO_END = new Unproven(SUM, Doubt.NO_END_TOKEN);
  private static final LogProbability INCOMPLETE = new Unproven(SUM, Doubt.INCOMPLETE);

  static Stream<Arguments> situations() {
    Told whole = Told.whole();
    Told cut = whole.with(-1, -2).ended("length", 2);
    LogProbability cutExact = new Exact(-3);
    return Stream.of(
        arguments("T = 1, nothing cut off, end in, complete", RAW, PLAIN, whole, EXACT),
        arguments(
            "the same from a server that is too high",
            tooHigh(Distribution.RAW),
            PLAIN,
            whole,
            WITH_MARGIN),
        arguments("T = 1, only truncation, raw", RAW, CUT, whole, TRUNCATED),
        arguments("truncation and too high", tooHigh(Distribution.RAW), CUT, whole, WITH_MARGIN),
        arguments("of the policy, any T", POLICY, WARM, whole, EXACT),
        arguments("of the policy, any T and truncation", POLICY, WARM_CUT, whole, EXACT),
        arguments(
            "of the policy, too high", tooHigh(Distribution.POLICY), WARM_CUT, whole, WITH_MARGIN),
        arguments("at the temperature, any T", TEMPERED, WARM, whole, EXACT),
        arguments("at the temperature, with truncation", TEMPERED, WARM_CUT, whole, TRUNCATED),
        arguments(
            "other tokens may spell the text",
            RAW,
            PLAIN,
            whole.withoutIds(),
            new AtMost(SUM, new Reason.Recorded())),
        arguments("T other than 1, raw", RAW, WARM, whole, OTHER),
        arguments("T other than 1, raw, too high", tooHigh(Distribution.RAW), WARM, whole, OTHER),
        arguments(
            "unknown distribution",
            semantics(Distribution.UNKNOWN),
            PLAIN,
            whole,
            new Unproven(SUM, Doubt.UNKNOWN_DISTRIBUTION)),
        arguments("end token missing", semantics(EndToken.EXCLUDED), PLAIN, whole, NO_END),
        arguments("end token unknown", semantics(EndToken.UNKNOWN), PLAIN, whole, NO_END),
        arguments("end token missing in this one", RAW, PLAIN, whole.with(-1, -2), MISSING),
        arguments(
            "end token missing and not counted",
            RAW,
            PLAIN,
            whole.with(-1, -2).ended("stop", 2),
            MISSING),
        arguments(
            "a gap inside a character",
            semantics(Terms.WHOLE_CHARACTERS),
            PLAIN,
            whole.ended("stop", 5),
            MISSING),
        arguments(
            "no gap where others have one", semantics(Terms.WHOLE_CHARACTERS), PLAIN, whole, EXACT),
        arguments("terms missing here and there", semantics(Terms.SOME), PLAIN, whole, INCOMPLETE),
        arguments(
            "tokens not counted by the server", semantics(Terms.UNKNOWN), PLAIN, whole, INCOMPLETE),
        arguments("tokens not counted in this one", RAW, PLAIN, whole.ended("stop", -1), MISSING),
        arguments(
            "drawn ahead",
            new LogProbabilitySemantics(
                Distribution.RAW, EndToken.INCLUDED, Terms.ALL, true, true, 0),
            PLAIN,
            whole,
            INCOMPLETE),
        arguments("a 0 where others are likely", RAW, PLAIN, whole.beside(0, -9), MISSING),
        arguments("a true 0", RAW, PLAIN, whole.beside(0, -17), new Exact(-2.5)),
        arguments(
            "a 0 that the cut left", POLICY, WARM_CUT, whole.with(0, -2, -0.5), new Exact(-2.5)),
        arguments(
            "a 0 before the cut, where nothing was cut yet",
            RAW,
            CUT,
            whole.with(0, -2, -0.5),
            MISSING),
        arguments("cut by the limit: no end token is due", RAW, PLAIN, cut, cutExact),
        arguments(
            "cut where the end token is never told",
            semantics(EndToken.EXCLUDED),
            PLAIN,
            cut,
            cutExact),
        arguments(
            "cut by a filter: neither whole nor cut",
            RAW,
            PLAIN,
            whole.with(-1, -2).ended("content_filter", 2),
            MISSING),
        arguments("-9999", RAW, PLAIN, whole.with(-1, -9999, -0.5), MISSING),
        arguments("-3.4e38", RAW, PLAIN, whole.with(-1, -3.4e38, -0.5), MISSING),
        arguments("NaN, as null is read", RAW, PLAIN, whole.with(-1, Double.NaN, -0.5), MISSING),
        arguments("above 0", RAW, PLAIN, whole.with(-1, 0.5, -0.5), MISSING),
        arguments("hidden tokens", RAW, PLAIN, whole.hiding(), MISSING),
        arguments("no log-probabilities", semantics(Terms.NONE), PLAIN, whole.with(), MISSING),
        arguments(
            "two probabilities that sum to more than 1",
            RAW,
            PLAIN,
            whole.beside(-0.1, -0.2),
            new Unproven(-2.6, Doubt.OTHER_DISTRIBUTION)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void eachSituationProvesThis(
      String name,
      LogProbabilitySemantics semantics,
      Sampling sampling,
      Told told,
      LogProbability expected) {
    Worth worth = Worth.of(semantics, sampling);
    assertThat(worth.of(told.completion())).as(name).isEqualTo(expected);
  }

  @Test
  void penaltiesVoidWhateverIsNotOfThePolicy() {
    Completion whole = Told.whole().completion();
    assertThat(new Worth(RAW, 1, false, true).of(whole)).isEqualTo(OTHER);
    assertThat(new Worth(TEMPERED, 1, false, true).of(whole)).isEqualTo(OTHER);
    assertThat(new Worth(POLICY, 1, false, true).of(whole)).isEqualTo(EXACT);
    assertThat(Bounds.of(new Worth(RAW, 1, false, true)).words()).contains("penalties may act");
    assertThat(Bounds.of(new Worth(POLICY, 1, false, true)).proves()).isTrue();
  }

  /// Whatever a server tells and however is drawn: a number that proves something is never above
  /// the sum that was told, and no completion makes it throw.
  @Test
  void nothingIsProvenAboveWhatWasTold() {
    List<Told> completions =
        situations().map(situation -> (Told) situation.get()[3]).distinct().toList();
    int proven = 0;
    for (LogProbabilitySemantics way : LittleServer.ways()) {
      for (Sampling sampling : List.of(PLAIN, WARM, CUT, WARM_CUT)) {
        for (Told told : completions) {
          Completion completion = told.completion();
          Worth worth = Worth.of(way, sampling);
          LogProbability of = worth.of(completion);
          double sum = completion.entries().stream().mapToDouble(Entry::nats).sum();
          if (of.proves()) {
            proven++;
            assertThat(of.floor()).isLessThanOrEqualTo(sum);
            assertThat(way.distribution()).isNotEqualTo(Distribution.UNKNOWN);
            assertThat(way.drawnAhead()).isFalse();
          }
          assertThat(worth.tokens(completion, of).length().orElse(-1)).isEqualTo(told.tokens());
        }
      }
    }
    assertThat(proven).isPositive();
  }

  @Test
  void theMarginIsTakenOffEachToken() {
    Worth worth = Worth.of(tooHigh(Distribution.RAW), PLAIN);
    Completion whole = Told.whole().completion();
    assertThat(worth.tokens(whole, worth.of(whole)))
        .isEqualTo(
            new Tokens.Ids(new int[] {0, 1, 2}, new double[] {-1 - 5e-4, -2 - 5e-4, -0.5 - 5e-4}));
  }

  static Stream<Arguments> bounds() {
    return Stream.of(
        arguments(RAW, PLAIN, "exact", "exact"),
        arguments(
            tooHigh(Distribution.RAW),
            PLAIN,
            "conservative",
            "with a margin of 0.0005 nats a token"),
        arguments(RAW, CUT, "conservative", "cut off after"),
        arguments(RAW, WARM, "none", "at temperature 1, and the draws are not"),
        arguments(POLICY, WARM_CUT, "exact", "exact"),
        arguments(
            semantics(EndToken.EXCLUDED), PLAIN, "none", "the end token has no log-probability"),
        arguments(semantics(EndToken.UNKNOWN), PLAIN, "none", "whether the end token has"),
        arguments(semantics(Terms.SOME), PLAIN, "none", "tokens have no log-probability"),
        arguments(semantics(Terms.UNKNOWN), PLAIN, "none", "does not say how many tokens"),
        arguments(semantics(Terms.NONE), PLAIN, "none", "it gives no log-probabilities"),
        arguments(semantics(Terms.WHOLE_CHARACTERS), PLAIN, "exact", "exact"),
        arguments(LogProbabilitySemantics.UNKNOWN, PLAIN, "none", "of which distribution"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("bounds")
  void whatMayBePrintedIsSaidInPlainWords(
      LogProbabilitySemantics semantics, Sampling sampling, String word, String words) {
    Bounds bounds = Bounds.of(Worth.of(semantics, sampling));
    assertThat(bounds.word()).isEqualTo(word);
    assertThat(bounds.words()).startsWith(word).contains(words);
    assertThat(bounds.proves()).isEqualTo(!word.equals("none"));
  }
}
