package topdraw.gateway.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import topdraw.gateway.AccountsLedger;
import topdraw.gateway.Gateway;
import topdraw.gateway.ledger.Entry;
import topdraw.gateway.ledger.Standing;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Method;
import topdraw.gateway.question.Options;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.Budget;
import topdraw.gateway.settings.Limits;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.words.EvidenceWords;

/// What the page shows beside answers: names and their budgets, the ledger, health. A key sees its
/// own accounts.
public final class ConsoleState {
  private static final int ENTRIES = 500;

  private final Gateway gateway;
  private final Limits limits;
  private final Confidence confidence;

  /// The state of a gateway.
  ///
  /// @param gateway the gateway
  /// @param limits what one request may cost
  /// @param confidence of intervals and certificates
  public ConsoleState(Gateway gateway, Limits limits, Confidence confidence) {
    this.gateway = gateway;
    this.limits = limits;
    this.confidence = confidence;
  }

  /// Everything but the entries of the ledger.
  ///
  /// @param key the name of the caller's key
  /// @param version the program's version
  /// @param unready why it cannot answer now; empty where it can
  /// @return ready to be written as JSON
  public Map<String, Object> state(String key, String version, Optional<String> unready) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", gateway.model());
    json.put("version", version);
    json.put("ready", unready.isEmpty());
    unready.ifPresent(why -> json.put("reason", why));
    json.put("room", gateway.roomLeft());
    json.put("key", key);
    json.put("confidence", confidence.value());
    json.put("limits", limits());
    json.put("methods", methods());
    json.put("rewards", gateway.rewards().names());
    json.put("usual_reward", gateway.rewards().usual());
    json.put("evidence", evidence());
    json.put("counted", gateway.ledger() instanceof AccountsLedger);
    json.put("aliases", gateway.aliases().stream().map(alias -> alias(key, alias)).toList());
    return json;
  }

  private Map<String, Object> limits() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("n", limits.n());
    json.put("tokens", limits.tokens());
    json.put("draws", limits.draws());
    json.put("at_once", limits.atOnce());
    json.put("body_bytes", limits.bodyBytes());
    json.put("deadline_seconds", limits.deadline().toSeconds());
    return json;
  }

  private static List<String> methods() {
    return Arrays.stream(Method.values()).map(Method::word).toList();
  }

  private static Map<String, String> evidence() {
    Map<String, String> words = new LinkedHashMap<>();
    for (Evidence evidence : Evidence.values()) {
      words.put(evidence.word(), EvidenceWords.meaning(evidence));
    }
    return words;
  }

  private Map<String, Object> alias(String key, Alias alias) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", alias.name());
    json.put("options", options(alias.options()));
    alias.budget().ifPresent(budget -> json.put("budget", budget(budget)));
    if (gateway.ledger() instanceof AccountsLedger accounts) {
      try {
        json.put("standing", standing(accounts.standing(key, alias)));
      } catch (ApiException e) {
        // Told by its absence, and by the reason why the gateway is not ready.
      }
    }
    return json;
  }

  private static Map<String, Object> options(Options options) {
    Map<String, Object> json = new LinkedHashMap<>();
    options.method().ifPresent(method -> json.put("method", method.word()));
    options.n().ifPresent(n -> json.put("n", n));
    options.reward().ifPresent(reward -> json.put("reward", reward));
    options.threshold().ifPresent(threshold -> json.put("threshold", threshold));
    options.maxDraws().ifPresent(most -> json.put("max_draws", most));
    options.temperature().ifPresent(temperature -> json.put("temperature", temperature));
    options.mean().ifPresent(mean -> json.put("mean", mean));
    options.maxKl().ifPresent(most -> json.put("max_kl_nats", most));
    return json;
  }

  private static Map<String, Object> budget(Budget budget) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("nats", budget.nats());
    json.put("per", budget.each() ? "answer" : "window");
    json.put("hard", budget.hard());
    budget.window().ifPresent(window -> json.put("window", time(window.toSeconds())));
    return json;
  }

  private static String time(long seconds) {
    return seconds % 86_400 == 0
        ? String.format(Locale.ROOT, "%d d", seconds / 86_400)
        : seconds % 3_600 == 0
            ? String.format(Locale.ROOT, "%d h", seconds / 3_600)
            : String.format(Locale.ROOT, "%d s", seconds);
  }

  private static Map<String, Object> standing(Standing standing) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("answers", standing.answers());
    json.put("open", standing.open());
    json.put("orphans", standing.orphans());
    json.put("estimate", standing.estimate());
    json.put("certificate", standing.certificate());
    json.put("confidence", standing.confidence());
    json.put("textbook", standing.textbook());
    if (Double.isFinite(standing.left())) json.put("left", standing.left());
    standing.began().ifPresent(began -> json.put("began", began.toString()));
    standing.frees().ifPresent(frees -> json.put("frees", frees.toString()));
    return json;
  }

  /// The latest entries of an account, the first admitted first.
  ///
  /// @param key the name of the caller's key
  /// @param name an alias
  /// @return ready to be written as JSON
  /// @throws ApiException if there is no such alias, or the database does not answer
  public Map<String, Object> ledger(String key, String name) {
    Alias alias =
        gateway.aliases().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new ApiException(
                        404,
                        "invalid_request_error",
                        "model_not_found",
                        Optional.of("alias"),
                        "there is no such alias here; /console/state lists all"));
    List<Map<String, Object>> entries = new ArrayList<>();
    if (gateway.ledger() instanceof AccountsLedger accounts) {
      accounts.entries(key, alias, ENTRIES).stream()
          .sorted(Comparator.comparingLong(Entry::ledger).thenComparingLong(Entry::number))
          .forEach(entry -> entries.add(entry(entry)));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("alias", name);
    json.put("key", key);
    json.put("entries", entries);
    return json;
  }

  private static Map<String, Object> entry(Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ledger", entry.ledger());
    json.put("number", entry.number());
    json.put("n", entry.n());
    json.put("admitted", entry.admitted().toString());
    json.put("instance", entry.instance());
    json.put("most", entry.most());
    json.put("textbook", entry.textbook());
    entry
        .settlement()
        .ifPresent(
            settled -> {
              json.put("drift", settled.drift());
              json.put("settled", settled.at().toString());
              json.put("estimate_sum", settled.ledger().sum());
              json.put("certificate_sum", settled.ledger().upper());
              json.put("textbook_sum", settled.textbook());
            });
    return json;
  }
}
