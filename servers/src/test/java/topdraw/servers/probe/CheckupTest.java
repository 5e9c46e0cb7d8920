package topdraw.servers.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.reference.Sampling;
import topdraw.servers.http.Failure;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;
import topdraw.servers.probe.LogProbabilitySemantics.Terms;

class CheckupTest {
  private static final LogProbabilitySemantics GOOD =
      new LogProbabilitySemantics(
          Distribution.POLICY, EndToken.INCLUDED, Terms.ALL, true, false, 0);

  /// Whether an end token is unknown is nothing that a server decides; where there are no terms, or
  /// their number is not told, nothing else about them can be seen.
  static List<LogProbabilitySemantics> seen() {
    return LittleServer.ways().stream()
        .filter(way -> way.endToken() != EndToken.UNKNOWN)
        .filter(way -> way.terms() != Terms.NONE)
        .filter(way -> way.terms() != Terms.UNKNOWN || way.endToken() == EndToken.INCLUDED)
        // Where a missing term and the end token's make up for each other there is no telling.
        .filter(way -> way.terms() != Terms.SOME || way.endToken() == EndToken.INCLUDED)
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("seen")
  void whatAServerTellsIsSeenFromItsAnswers(LogProbabilitySemantics way) {
    LogProbabilitySemantics found = Checkup.of(new LittleServer(way)).semantics();
    assertThat(found.distribution()).isEqualTo(way.distribution());
    assertThat(found.terms()).isEqualTo(way.terms());
    assertThat(found.ids()).isEqualTo(way.ids());
    assertThat(found.drawnAhead()).isEqualTo(way.drawnAhead());
    // With a term missing nobody can say whether it is the end token's.
    assertThat(found.endToken())
        .isEqualTo(way.terms() == Terms.SOME ? EndToken.UNKNOWN : way.endToken());
  }

  @Test
  void withoutLogProbabilitiesNothingIsProven() {
    LogProbabilitySemantics none =
        new LogProbabilitySemantics(
            Distribution.RAW, EndToken.INCLUDED, Terms.NONE, true, false, 0);
    Checkup checkup = Checkup.of(new LittleServer(none));
    assertThat(checkup.semantics().terms()).isEqualTo(Terms.NONE);
    assertThat(checkup.semantics().distribution()).isEqualTo(Distribution.UNKNOWN);
    assertThat(Bounds.of(Worth.of(checkup.semantics(), Sampling.plain(8))).words())
        .isEqualTo(
            "none: only the theorem that counts draws (KL at most log n - (n-1)/n), because it gives"
                + " no log-probabilities");
  }

  @Test
  void aGoodServerIsSeenInAHandfulOfRequests() {
    Checkup checkup = Checkup.of(new LittleServer(GOOD));
    assertThat(checkup.greedy()).isFalse();
    assertThat(checkup.seed()).isEqualTo(Heeded.YES);
    assertThat(checkup.choices()).isEqualTo(Heeded.YES);
    assertThat(checkup.maxTokens()).isEqualTo(Heeded.YES);
    assertThat(checkup.template().fits()).isEqualTo(Heeded.YES);
    // Eight questions, one of them for two completions; where vocabularies can be had, three more.
    assertThat(checkup.requests()).isEqualTo(9);
    assertThat(Checkup.of(new LittleServer(GOOD, false, true, true, true, 2e-4)).requests())
        .isEqualTo(12);
    assertThat(checkup.evidence())
        .contains(
            "asked for n = 2 it gives 2, those of the seed and of the next",
            "asked for at most 1 token it draws 1");
    assertThat(Bounds.of(Worth.of(checkup.semantics(), Sampling.plain(8))).words())
        .isEqualTo("exact");
  }

  @Test
  void whoDoesNotHeedIsCaught() {
    Checkup checkup = Checkup.of(new LittleServer(GOOD, false, false, false, false, Double.NaN));
    assertThat(checkup.greedy()).isFalse();
    assertThat(checkup.seed()).isEqualTo(Heeded.NO);
    assertThat(checkup.choices()).isEqualTo(Heeded.NO);
    assertThat(checkup.maxTokens()).isEqualTo(Heeded.NO);
  }

  @Test
  void equalAnswersForDifferentSeedsAreNoDraws() {
    Checkup checkup = Checkup.of(new LittleServer(GOOD, true, true, true, true, Double.NaN));
    assertThat(checkup.greedy()).isTrue();
    assertThat(checkup.seed()).isEqualTo(Heeded.UNKNOWN);
    assertThat(checkup.requests()).isLessThanOrEqualTo(Checkup.MOST_REQUESTS);
  }

  /// The excess grows with the text; that of the longest counts, twice and rounded up.
  @ParameterizedTest(name = "1 + {0} takes off {1}")
  @CsvSource({"2e-4, 4e-4", "2.3e-4, 5e-4", "6.9e-4, 2e-3", "1e-8, 0", "-5e-5, 0"})
  void whatProbabilitiesSumToBeyondOneIsTakenOffTwice(double excess, double margin) {
    Found<Double> found =
        new MarginProbe().read(new LittleServer(GOOD, false, true, true, true, excess));
    assertThat(found.value()).isEqualTo(margin);
    assertThat(found.evidence()).startsWith("the probabilities of 3 whole vocabularies sum to");
  }

  @ParameterizedTest(name = "1 + {0}")
  @CsvSource({"0.02", "-0.02"})
  void whatIsNoWholeVocabularyLeavesTheStatedMargin(double excess) {
    LogProbabilitySemantics stated =
        new LogProbabilitySemantics(
            Distribution.RAW, EndToken.INCLUDED, Terms.ALL, true, false, 1e-3);
    assertThat(
            new MarginProbe()
                .read(new LittleServer(stated, false, true, true, true, excess))
                .value())
        .isEqualTo(1e-3);
    assertThat(MarginProbe.excess(new double[] {-1, Double.NaN})).isNaN();
    assertThat(MarginProbe.excess(new double[] {0.1, -3})).isNaN();
  }

  @ParameterizedTest
  @EnumSource(Failure.Kind.class)
  void whoAnswersNothingIsNotJudged(Failure.Kind kind) {
    assertThatThrownBy(() -> Checkup.of(LittleServer.refusing(kind)))
        .isInstanceOf(ServerException.class)
        .hasMessage("it says no");
  }

  @Test
  void whatIsFoundIsReadBackFromOneLine() {
    for (LogProbabilitySemantics way : LittleServer.ways()) {
      for (double margin : new double[] {0, 5e-4, 0.002, 1e-7}) {
        LogProbabilitySemantics all =
            new LogProbabilitySemantics(
                way.distribution(),
                way.endToken(),
                way.terms(),
                way.ids(),
                way.drawnAhead(),
                margin);
        assertThat(LogProbabilitySemantics.read(all.words())).contains(all);
        assertThat(LogProbabilitySemantics.read(all.words() + " ")).isEmpty();
      }
    }
    assertThat(LogProbabilitySemantics.read("")).isEmpty();
    assertThat(LogProbabilitySemantics.read("raw, end token in")).isEmpty();
  }
}
