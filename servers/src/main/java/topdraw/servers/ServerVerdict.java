package topdraw.servers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import topdraw.reference.Sampling;
import topdraw.servers.probe.Bounds;
import topdraw.servers.probe.Checkup;
import topdraw.servers.probe.LogProbabilitySemantics;

/// What is said of a server that was looked at: the verdict first, then what it rests on.
///
/// @param url the server as it was named
/// @param found what was found out
public record ServerVerdict(String url, ServerCheckup found) {
  private static final Sampling PLAIN = Sampling.plain(1);
  private static final Sampling CUT = new Sampling(1, 0, 0.9, 0, 1);
  private static final Sampling WARM = new Sampling(0.7, 0, 1, 0, 1);

  /// Whether bounds on its draws may rest on log-probabilities.
  ///
  /// @return true where they may, with a margin or without
  public boolean proves() {
    return found.bounds(PLAIN).proves();
  }

  /// Lines of text.
  ///
  /// @return the lines, the verdict first
  public List<String> lines() {
    Checkup checkup = found.checkup();
    List<String> lines = new ArrayList<>();
    lines.add("bounds from this server's log-probabilities: " + found.bounds(PLAIN).words());
    if (!checkup.greedy()) {
      lines.add(line("cut", "with --top-k, --top-p or --min-p: " + found.bounds(CUT).words()));
      lines.add(line("warm", "at another --temperature: " + found.bounds(WARM).words()));
    }
    lines.add(
        line(
            "server",
            "%s, model %s, at %s".formatted(found.identity().words(), found.model(), url)));
    lines.add(line("numbers", checkup.semantics().words()));
    lines.add(
        line(
            "heeded",
            "seed: %s; max_tokens: %s; n: %s"
                .formatted(
                    checkup.seed().word(), checkup.maxTokens().word(), checkup.choices().word())));
    checkup.evidence().forEach(seen -> lines.add(line("seen", seen)));
    lines.add(
        line(
            "asked",
            "%d completions of at most 48 tokens; nothing is recorded"
                .formatted(checkup.requests())));
    return lines;
  }

  private static String line(String name, String text) {
    return "%-8s %s".formatted(name, text);
  }

  /// The same as JSON.
  ///
  /// @return an object
  public Map<String, Object> json() {
    Checkup checkup = found.checkup();
    LogProbabilitySemantics semantics = checkup.semantics();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("server", url);
    json.put("kind", found.identity().words());
    json.put("model", found.model());
    json.put("bounds", bounds(found.bounds(PLAIN)));
    json.put("bounds_truncated", bounds(found.bounds(CUT)));
    json.put("bounds_other_temperature", bounds(found.bounds(WARM)));
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("distribution", word(semantics.distribution()));
    numbers.put("end_token", word(semantics.endToken()));
    numbers.put("terms", word(semantics.terms()));
    numbers.put("ids", semantics.ids());
    numbers.put("zeros_drawn_ahead", semantics.drawnAhead());
    numbers.put("margin_nats_per_token", semantics.margin());
    json.put("log_probabilities", numbers);
    json.put("seed_heeded", checkup.seed().word());
    json.put("max_tokens_heeded", checkup.maxTokens().word());
    json.put("n_heeded", checkup.choices().word());
    json.put("greedy", checkup.greedy());
    checkup.template().tokens().ifPresent(tokens -> json.put("prompt_tokens", tokens));
    json.put("template_as_expected", checkup.template().fits().word());
    json.put("requests", checkup.requests());
    json.put("evidence", checkup.evidence());
    return json;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> bounds(Bounds bounds) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("rest_on", bounds.word());
    json.put("words", bounds.words());
    return json;
  }
}
