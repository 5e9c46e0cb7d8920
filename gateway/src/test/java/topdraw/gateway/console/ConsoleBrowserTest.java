package topdraw.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.theory.bound.KlBounds;
import topdraw.words.Digits;

/// The console in a real browser, as a person uses it. Skipped, with a message, where there is no
/// Chromium.
class ConsoleBrowserTest {
  private static final String DONE =
      "document.getElementById('status').textContent.startsWith('Done')";

  private static Browser browser;

  @TempDir private static Path profile;
  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.in(profile);
  }

  @AfterAll
  static void end() {
    if (browser != null) browser.close();
  }

  @BeforeEach
  void begin() {
    browser.forget();
    browser.size(1280, 900);
    browser.prefers("prefers-reduced-motion", "reduce");
  }

  /// Opens the page and writes the question.
  private static void open(Served served) {
    browser.open(served.url("/"));
    browser.until("!document.getElementById('main').hidden");
    browser.value(
        "document.getElementById('prompt').value = '"
            + Served.PROMPT
            + "';"
            + "document.getElementById('alias').value = 'paris';"
            + "document.getElementById('alias').dispatchEvent(new Event('change'));"
            + "document.getElementById('tokens').value = 24");
  }

  private static void draw() {
    browser.value("document.getElementById('draw').click()");
  }

  private static List<String> texts(String selector) {
    JsonNode all =
        browser.value(
            "[...document.querySelectorAll('" + selector + "')].map(one => one.textContent)");
    return all.valueStream().map(JsonNode::stringValue).toList();
  }

  private static String text(String selector) {
    return browser.text("document.querySelector('" + selector + "').textContent");
  }

  @Test
  void candidatesArriveAndTheBestOfThemIsAlwaysAbove() throws Exception {
    Recorded model = Recorded.capital(0);
    try (Served served = Served.of(model)) {
      open(served);
      draw();
      for (int let : List.of(3, 4, 8)) {
        int before = texts("#list li").size();
        model.letThrough(let);
        browser.until("document.querySelectorAll('#list li').length === " + (before + let));
        List<String> rewards = texts("#list .reward");
        assertThat(rewards).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(text("#count")).isEqualTo((before + let) + " of at most 16");
        assertThat(text("#status"))
            .contains("best " + rewards.getFirst().replace("reward", "reward so far"));
        assertThat(browser.holds("document.querySelector('#list .winner')")).isFalse();
      }
      model.letThrough(Recorded.ALL);
      browser.until(DONE);

      assertThat(texts("#list .winner .chosen")).containsExactly("chosen");
      assertThat(texts("#list li")).hasSize(16);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void everyNumberIsTheOneThatTheInterfaceGives() throws Exception {
    try (Served served = Served.of(Recorded.capital(Recorded.ALL))) {
      open(served);
      draw();
      browser.until(DONE);
      JsonNode answer = served.answer();
      JsonNode topdraw = answer.path("topdraw");

      for (JsonNode candidate : topdraw.path("candidates")) {
        String row = "#list li[data-i=\"" + candidate.path("i").intValue() + "\"]";
        assertThat(text(row + " .reward"))
            .isEqualTo("reward " + Digits.near(candidate.path("reward").doubleValue()));
        assertThat(text(row + " .likely"))
            .isEqualTo(
                candidate.path("logprob").isNull()
                    ? "log p unknown"
                    : "log p " + Digits.near(candidate.path("logprob").doubleValue()));
        assertThat(text(row)).contains(candidate.path("tokens").intValue() + " tokens");
        assertThat(text(row + " details > .text")).isEqualTo(candidate.path("text").stringValue());
      }
      assertThat(browser.text("document.querySelector('#list .winner').dataset.i"))
          .isEqualTo(topdraw.path("winner_index").toString());
      assertThat(text("#answer-text"))
          .isEqualTo(answer.path("choices").get(0).path("message").path("content").stringValue());
      assertThat(text("#sentence"))
          .isEqualToIgnoringCase(topdraw.path("sentence").stringValue() + ".");
      JsonNode drift = finding(topdraw, "kl", "value");
      assertThat(text("#drift .reading"))
          .startsWith(Digits.near(drift.path("value").doubleValue()) + " nats")
          .contains(
              "["
                  + Digits.down(drift.path("interval").get(0).doubleValue())
                  + ", "
                  + Digits.up(drift.path("interval").get(1).doubleValue())
                  + "]")
          .endsWith("estimate, 16 draws");
      assertThat(text("#drift .scale"))
          .contains("textbook: at most " + Digits.up(KlBounds.analytical(16)));
      assertThat(text("#win .reading"))
          .startsWith(
              "at most "
                  + Digits.up(
                      finding(topdraw, "win_rate", "upper_bound").path("value").doubleValue()))
          .endsWith("theorem");
    }
  }

  private static JsonNode finding(JsonNode topdraw, String quantity, String role) {
    return topdraw
        .path("findings")
        .valueStream()
        .filter(one -> one.path("quantity").stringValue().equals(quantity))
        .filter(one -> one.path("role").stringValue().equals(role))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aModelOnAServerIsSeenAtWork() throws Exception {
    try (LlamaServer model = LlamaServer.start(4);
        Served served = Served.of(model.upstream())) {
      open(served);
      browser.value("document.getElementById('n').value = 5");
      draw();
      browser.until("document.querySelectorAll('#list li').length >= 2");
      browser.until(DONE);

      assertThat(texts("#list li")).hasSize(5);
      assertThat(texts("#list .winner")).hasSize(1);
      assertThat(texts("#list .likely"))
          .anySatisfy(likely -> assertThat(likely).matches("log p -[0-9.]+"));
      assertThat(text("#model")).contains("SmolLM2");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /// Three of sixteen pass: of three draws none does in C(13, 3) of C(16, 3) choices.
  @Test
  void theSliderTellsOfOtherN() throws Exception {
    try (Served served = Served.of(Recorded.capital(Recorded.ALL))) {
      open(served);
      draw();
      browser.until(DONE);
      browser.value("document.getElementById('slider').focus()");
      browser.press("Home", 36);
      browser.until("document.getElementById('slider-n').textContent === '1'");
      assertThat(text("#chart-drift .reading")).startsWith("0 ").contains("exact");
      browser.press("ArrowRight", 39);
      browser.press("ArrowRight", 39);
      browser.until("document.getElementById('slider-n').textContent === '3'");

      assertThat(text("#chart-reward .reading"))
          .startsWith(Digits.near(1 - 13.0 * 12 * 11 / (16 * 15 * 14)) + " [")
          .contains("estimate, 16 draws");
      assertThat(text("#chart-drift .reading"))
          .contains("textbook: at most " + Digits.up(Math.log(3) - 2.0 / 3));
      assertThat(browser.text("document.getElementById('slider').getAttribute('aria-valuetext')"))
          .startsWith("n = 3: reward 0.4893");
    }
  }

  @Test
  void whatAModelSaysIsNeverMarkup() throws Exception {
    String hostile =
        "Paris <img src=x onerror=\"window.owned=1\"><script>window.owned=1</script>"
            + "<a href='javascript:window.owned=1'>x</a>\u202E</li>";
    try (Served served = Served.of(Recorded.capital(Recorded.ALL).with(2, hostile))) {
      open(served);
      draw();
      browser.until(DONE);

      assertThat(text("#answer-text")).isEqualTo(hostile);
      assertThat(text("#list .winner details > .text")).isEqualTo(hostile);
      assertThat(browser.holds("window.owned")).isFalse();
      assertThat(texts("main img, main script, main a")).isEmpty();
      assertThat(browser.complaints()).isEmpty();
      // What would make markup of it is refused by the browser itself.
      assertThat(
              browser.text(
                  "(() => { try { document.body.insertAdjacentHTML('beforeend', '<b>x</b>');"
                      + " return 'done'; } catch (e) { return e.name; } })()"))
          .isEqualTo("TypeError");
    }
  }

  @Test
  void aKeyboardIsEnough() throws Exception {
    Recorded model = Recorded.capital(0);
    try (Served served = Served.of(model)) {
      browser.open(served.url("/console/"));
      browser.until("!document.getElementById('main').hidden");
      browser.tabTo("prompt");
      browser.type(Served.PROMPT);
      browser.tabTo("reward");
      browser.type("regex:Paris");
      browser.tabTo("draw");
      assertThat(browser.text("getComputedStyle(document.activeElement).outlineStyle"))
          .isEqualTo("solid");
      browser.enter();
      browser.until("document.activeElement.id === 'stop'");
      model.letThrough(Recorded.ALL);
      browser.until(DONE);
      browser.until("document.activeElement.id === 'draw'");
      browser.tabTo("slider");
      browser.tab();
      browser.enter();
      browser.until("document.querySelector('#list li:first-child details').open");
      assertThat(browser.text("document.activeElement.closest('li').className"))
          .isEqualTo("winner");
    }
  }

  @Test
  void stopGivesTheDrawsUp() throws Exception {
    Recorded model = Recorded.capital(2);
    try (Served served = Served.counted(model, folder.resolve("ledger.db"))) {
      open(served);
      draw();
      browser.until("document.querySelectorAll('#list li').length === 2");
      assertThat(model.underWay()).isEqualTo(14);
      browser.tabTo("stop");
      browser.enter();
      browser.until("document.getElementById('status').textContent.startsWith('Stopped after 2')");
      awaitNobody(model);

      assertThat(browser.holds("document.getElementById('draw').disabled")).isFalse();
      // Somebody has seen some of them.
      browser.until("document.getElementById('entries').textContent.includes('settled')");
      JsonNode entry =
          Json.read(served.get("/console/ledger?alias=paris").body()).path("entries").get(0);
      assertThat(entry.path("drift").doubleValue()).isEqualTo(entry.path("most").doubleValue());
    }
  }

  @Test
  void whoLeavesThePageGivesTheDrawsUp() throws Exception {
    Recorded model = Recorded.capital(2);
    try (Served served = Served.of(model)) {
      open(served);
      draw();
      browser.until("document.querySelectorAll('#list li').length === 2");
      browser.open("about:blank");
      awaitNobody(model);
    }
  }

  /// The next write to a page that has left fails; how soon is no part of the promise.
  private static void awaitNobody(Recorded model) throws InterruptedException {
    for (int i = 0; i < 600 && model.underWay() > 0; i++) Thread.sleep(50);
    assertThat(model.underWay()).isZero();
  }

  @Test
  void theLedgerIsShownAsItIs() throws Exception {
    try (Served served = Served.counted(Recorded.capital(Recorded.ALL), folder.resolve("l.db"))) {
      for (int i = 0; i < 3; i++) served.answer();
      open(served);
      draw();
      browser.until(DONE);
      browser.until("document.querySelectorAll('#entries tr').length === 4");
      JsonNode entries =
          Json.read(served.get("/console/ledger?alias=paris").body()).path("entries");
      JsonNode standing =
          Json.read(served.get("/console/state").body()).path("aliases").get(0).path("standing");

      assertThat(texts("#entries tr:first-child td"))
          .containsSubsequence(
              "4",
              "16",
              Digits.near(entries.get(3).path("drift").doubleValue()),
              Digits.up(entries.get(3).path("most").doubleValue()),
              Digits.up(KlBounds.analytical(16)),
              "settled",
              "one");
      assertThat(texts("#aliases tr:first-child .bars .right"))
          .containsExactly(
              "≤ " + Digits.up(standing.path("certificate").doubleValue()),
              Digits.near(standing.path("estimate").doubleValue()),
              "≤ " + Digits.up(4 * KlBounds.analytical(16)));
      assertThat(text("#aliases tr:first-child td:last-child"))
          .contains("60 nats in 1 d", Digits.down(standing.path("left").doubleValue()) + " left");
      assertThat(browser.holds("document.querySelector('#ledger-plot svg .budget')")).isTrue();
      assertThat(browser.text("document.querySelector('#ledger-plot svg').ariaLabel"))
          .contains("4 answers", Digits.up(standing.path("certificate").doubleValue()));
    }
  }

  @Test
  void nothingIsAskedOfAnybodyElse() throws Exception {
    try (Served served = Served.of(Recorded.capital(Recorded.ALL))) {
      open(served);
      draw();
      browser.until(DONE);

      assertThat(browser.addresses())
          .isNotEmpty()
          .allMatch(address -> address.startsWith(served.url("/")));
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.text("document.cookie")).isEmpty();
    }
  }

  @Test
  void aKeyOpensThePageAndIsForgottenWithTheTab() throws Exception {
    try (Served served = Served.locked(Recorded.capital(Recorded.ALL), "td-right")) {
      browser.open(served.url("/"));
      browser.until("document.activeElement.id === 'key'");
      assertThat(browser.holds("document.getElementById('main').hidden")).isTrue();
      browser.type("td-wrong");
      browser.enter();
      browser.until("document.getElementById('door-wrong').textContent.includes('not known')");
      browser.type("td-right");
      browser.enter();
      browser.until("!document.getElementById('main').hidden");
      browser.until("document.activeElement.id === 'prompt'");
      browser.type(Served.PROMPT);
      browser.value("document.getElementById('alias').value = 'paris'");
      draw();
      browser.until(DONE);

      assertThat(browser.text("sessionStorage.getItem('topdraw.key')")).isEqualTo("td-right");
      assertThat(browser.text("localStorage.length")).isEqualTo("0");
      assertThat(text("#facts")).contains("alice").doesNotContain("td-right");
    }
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "light, 400", "dark, 1280", "dark, 400", "light, 320"})
  void canBeReadInAnyLightAndOnAnyScreen(String scheme, int width) throws Exception {
    String longest = "Paris " + "W".repeat(600);
    try (Served served =
        Served.counted(Recorded.capital(Recorded.ALL).with(0, longest), folder.resolve("l.db"))) {
      browser.prefers("prefers-color-scheme", scheme);
      browser.size(width, 900);
      open(served);
      draw();
      browser.until(DONE);
      browser.until("document.querySelectorAll('#entries tr').length === 1");
      browser.value(
          "document.querySelectorAll('#list details').forEach(one => { one.open = true; })");

      assertThat(browser.value("document.documentElement.scrollWidth").intValue())
          .isLessThanOrEqualTo(browser.value("document.documentElement.clientWidth").intValue());
      assertThat(contrast("--ink", "--paper")).isGreaterThan(7);
      for (String colour :
          List.of("--muted", "--link", "--win", "--estimate", "--wrong", "--textbook")) {
        assertThat(contrast(colour, "--paper")).as(colour).isGreaterThan(4.5);
      }
      assertThat(contrast("--muted", "--ground")).isGreaterThan(4.5);
      assertThat(contrast("--win", "--win-ground")).isGreaterThan(4.5);
      assertThat(contrast("--on-link", "--link")).isGreaterThan(4.5);
      assertThat(browser.holds(luminance("--paper") + " < 0.5")).isEqualTo(scheme.equals("dark"));
    }
  }

  /// Of two colours, as the guidelines for accessible pages reckon it (WCAG 2.2).
  private static double contrast(String one, String other) {
    return browser
        .value(
            "(() => { const [a, b] = ["
                + luminance(one)
                + ", "
                + luminance(other)
                + "]; return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); })()")
        .doubleValue();
  }

  private static String luminance(String colour) {
    return "(c => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {"
        + " const v = parseInt(c.slice(1 + 2 * i, 3 + 2 * i), 16) / 255;"
        + " return sum + weight * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); }, 0))"
        + "(getComputedStyle(document.documentElement).getPropertyValue('"
        + colour
        + "').trim())";
  }
}
