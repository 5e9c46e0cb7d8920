package topdraw.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.gateway.ledger.Database;
import topdraw.gateway.ledger.Standing;
import topdraw.gateway.question.Method;
import topdraw.gateway.question.Options;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.Budget;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.servers.WordServer;

/// Budgets of drift over the wire: what is entered, what binds, what is given back.
class BudgetsTest {
  @TempDir private Path folder;

  private static Options options(Method method, int n, String reward) {
    return new Options(
        Optional.of(method),
        Optional.of(n),
        Optional.of(reward),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Alias red(int n, Optional<Budget> budget) {
    return new Alias("words", options(Method.EARLY_STOP, n, "regex:red"), budget);
  }

  private Database database() {
    return new Database.Sqlite(folder.resolve("ledger.db"));
  }

  /// `H_{T-1}` of a first pass at place T, `d*_n` of what is returned where none passes.
  @Test
  void anAnswerIsEnteredByThePlaceOfTheFirstThatPasses() throws IOException {
    Alias alias = red(6, Optional.empty());
    double sum = 0;
    try (ServedWords served =
        ServedWords.counted(List.of(alias), WordServer.Fault.NONE, database())) {
      for (int i = 0; i < 30; i++) {
        JsonNode told = served.ask("").path("topdraw");
        double expected = 0;
        if (told.path("stopped_by").asString().equals("threshold")) {
          for (int k = 1; k < told.path("n_drawn").asInt(); k++) expected += 1.0 / k;
        } else {
          expected = sharp(6, Math.exp(told.path("logprob").asDouble()));
        }
        double entry = told.path("ledger_entry_nats").asDouble();
        assertThat(entry).as("%s", told).isCloseTo(expected, within(1e-12));
        sum += entry;
      }
      Standing standing = ((AccountsLedger) served.gateway().ledger()).standing("local", alias);
      assertThat(standing.answers()).isEqualTo(30);
      assertThat(standing.open()).isZero();
      assertThat(standing.estimate()).isCloseTo(sum, within(1e-9));
      assertThat(standing.textbook()).isCloseTo(30 * (Math.log(6) - 5 / 6.0), within(1e-9));
      assertThat(standing.certificate()).isGreaterThan(standing.estimate());
    }
  }

  /// Whoever chooses the seed may have seen what it draws: such answers are no fresh draws, which
  /// the certificate rests on. `H_5`.
  @Test
  void anAnswerOfAGivenSeedIsEnteredAtItsMost() throws IOException {
    Alias alias = red(6, Optional.empty());
    try (ServedWords served =
        ServedWords.counted(List.of(alias), WordServer.Fault.NONE, database())) {
      for (String more : List.of("\"seed\":1", "\"topdraw\":{\"seed\":1}")) {
        JsonNode told = served.ask(more).path("topdraw");
        assertThat(told.path("seed").asLong()).isEqualTo(1);
        assertThat(told.path("ledger_entry_nats").asDouble())
            .isCloseTo(1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0 + 1 / 5.0, within(1e-12));
      }
    }
  }

  /// A name's seed is the seed where nobody says another; a body's goes before a header's.
  @Test
  void aSeedIsTheBodysThenAHeadersThenTheNames() throws IOException {
    Options seven =
        new Options(
            Optional.of(Method.EARLY_STOP),
            Optional.of(6),
            Optional.of("regex:red"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(7L),
            Optional.empty(),
            Optional.empty());
    try (ServedWords served =
        ServedWords.counted(
            List.of(new Alias("words", seven, Optional.empty())),
            WordServer.Fault.NONE,
            database())) {
      String[] header = {"X-Topdraw-Seed", "5"};
      assertThat(served.ask("").at("/topdraw/seed").asLong()).isEqualTo(7);
      assertThat(served.ask("", header).at("/topdraw/seed").asLong()).isEqualTo(5);
      assertThat(served.ask("\"seed\":8", header).at("/topdraw/seed").asLong()).isEqualTo(8);
      assertThat(served.ask("").at("/topdraw/ledger_entry_nats").asDouble())
          .isCloseTo(137 / 60.0, within(1e-12));
    }
  }

  /// The paper's addendum T1 as it stands: log((1-Q)/e) + (n-1) Q/(1-Q) log(1-e), Q = (1-e)^n.
  private static double sharp(int n, double e) {
    double q = Math.pow(1 - e, n);
    return Math.log((1 - q) / e) + (n - 1) * q / (1 - q) * Math.log(1 - e);
  }

  /// Seldom what is left after an answer of 8 is too little for one of 2, and no n is lowered:
  /// hence several ledgers.
  @Test
  void aHardBudgetThatBindsLowersNThenAnswers429AndDrawsNothing() throws IOException {
    int lowered = 0;
    for (int ledger = 0; ledger < 4; ledger++) {
      lowered += boundByAHardBudget("ledger" + ledger + ".db") ? 1 : 0;
    }
    assertThat(lowered).isPositive();
  }

  /// Asks until a hard budget is exhausted.
  ///
  /// @return whether n was lowered before
  private boolean boundByAHardBudget(String ledger) throws IOException {
    Alias alias = red(8, Optional.of(new Budget(41, false, true, Optional.empty(), 2, 8)));
    try (ServedWords served =
        ServedWords.counted(
            List.of(alias), WordServer.Fault.NONE, new Database.Sqlite(folder.resolve(ledger)))) {
      boolean lowered = false;
      int answers = 0;
      HttpResponse<String> last;
      do {
        last = served.post("/v1/chat/completions", ServedWords.chat(""));
        if (last.statusCode() == 200) {
          JsonNode told = Json.read(last.body()).path("topdraw");
          int n = told.path("n").asInt();
          if (n < 8) {
            lowered = true;
            assertThat(told.path("n_requested").asInt()).isEqualTo(8);
            assertThat(told.path("warnings").toString()).contains("n = " + n + " in place of 8");
          }
          answers++;
        }
        Standing standing = ((AccountsLedger) served.gateway().ledger()).standing("local", alias);
        assertThat(standing.certificate()).isLessThanOrEqualTo(41);
      } while (last.statusCode() == 200 && answers < 500);
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(last.headers().firstValue("x-should-retry")).contains("false");
      assertThat(Json.read(last.body()).at("/error/code").asString())
          .isEqualTo("drift_budget_exhausted");
      int drawn = served.words().drawn();
      served.post("/v1/chat/completions", ServedWords.chat(""));
      assertThat(served.words().drawn()).isEqualTo(drawn);
      return lowered;
    }
  }

  @Test
  void aBudgetTooSmallForAnyAnswerIsRefusedAtTheStart() {
    Alias alias = red(8, Optional.of(new Budget(3, false, true, Optional.empty(), 2, 8)));
    assertThatThrownBy(
            () -> ServedWords.counted(List.of(alias), WordServer.Fault.NONE, database()).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("alias words")
        .hasMessageContaining("lets no answer through");
  }

  @Test
  void whatCouldNotBeAnsweredIsGivenBack() throws IOException {
    Alias alias = red(4, Optional.empty());
    AtomicBoolean broken = new AtomicBoolean(true);
    WordServer.Fault fault =
        (number, body, wire) -> {
          if (!broken.get()) return false;
          wire.answer(500, "application/json", "{\"error\":{\"message\":\"broken\"}}");
          return true;
        };
    try (ServedWords served = ServedWords.counted(List.of(alias), fault, database())) {
      served.refused(502, ServedWords.chat(""));
      AccountsLedger ledger = (AccountsLedger) served.gateway().ledger();
      assertThat(ledger.standing("local", alias).open()).isZero();
      assertThat(ledger.standing("local", alias).estimate()).isZero();
      broken.set(false);
      served.ask("");
      assertThat(ledger.standing("local", alias).answers()).isEqualTo(1);
    }
  }

  /// Which draws take too long may depend on what they say, so the others are no fair draws.
  @Test
  void whatWasCutOffByTheDeadlineCountsAtItsMost() throws IOException {
    Alias alias = red(4, Optional.empty());
    WordServer.Fault slow =
        (number, body, wire) -> {
          Thread.sleep(2_000);
          return false;
        };
    try (ServedWords served = ServedWords.counted(List.of(alias), slow, database())) {
      JsonNode error = served.refused(504, ServedWords.chat("\"topdraw\":{\"deadline_ms\":50}"));
      assertThat(error.path("code").asString()).isEqualTo("deadline_exceeded");
      Standing standing = ((AccountsLedger) served.gateway().ledger()).standing("local", alias);
      assertThat(standing.open()).isZero();
      assertThat(standing.estimate()).isCloseTo(1 + 1 / 2.0 + 1 / 3.0, within(1e-12));
    }
  }
}
