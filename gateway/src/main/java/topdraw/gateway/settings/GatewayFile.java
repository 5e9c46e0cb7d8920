package topdraw.gateway.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.OptionsReader;
import topdraw.gateway.settings.GatewaySettings.Source;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.selection.SelectionRequest;
import topdraw.theory.finding.Confidence;

/// Reads the operator's file, in TOML. Everything is checked before anything is started, and what
/// is wrong is named with its line.
public final class GatewayFile {
  private static final int LONGEST = 1 << 20;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9._:/@+-]{1,128}");
  private static final int MOST_PORT = 65_535;
  private static final int A_DAY = 86_400;
  private static final int USUAL_AT_ONCE = 64;
  private static final int USUAL_AHEAD = 4;
  private static final int USUAL_SECONDS = 300;

  private GatewayFile() {}

  /// Reads a file.
  ///
  /// @param path the file
  /// @return what it sets
  /// @throws InputException if something in it is wrong, naming the line
  /// @throws IOException if it cannot be read
  public static GatewaySettings read(Path path) throws IOException {
    String text = GivenFile.text(path, LONGEST);
    JsonNode tree;
    try {
      tree = new TomlMapper().readTree(text);
    } catch (StackOverflowError e) { // the parser goes as deep as the file does
      throw new InputException(
              Problem.TOO_LARGE, path + ": not TOML: lists and tables are nested too deep")
          .by(e);
    } catch (JacksonException e) {
      throw new InputException(
              Problem.MALFORMED,
              path
                  + ":"
                  + line(e)
                  + ": not TOML: "
                  + Section.shown(String.valueOf(e.getOriginalMessage())))
          .by(e);
    }
    return settings(new Section(new Lines(path, text), List.of(), tree));
  }

  /// A key that is there twice is noticed when its line is over.
  private static int line(JacksonException e) {
    if (e.getLocation() == null) return 1;
    int line = e.getLocation().getLineNr();
    boolean over =
        e.getLocation().getColumnNr() == 1
            && String.valueOf(e.getOriginalMessage()).startsWith("Duplicate");
    return Math.max(1, over ? line - 1 : line);
  }

  private static GatewaySettings settings(Section all) {
    all.requireKnown(
        Set.of(
            "host",
            "port",
            "hosts",
            "ledger",
            "instance",
            "confidence",
            "limits",
            "keys",
            "rewards",
            "aliases",
            "server",
            "model",
            "record"));
    Limits limits = limits(all.below("limits"));
    Map<String, String> rewards = rewards(all.below("rewards"));
    GatewaySettings usual = GatewaySettings.USUAL;
    return new GatewaySettings(
        all.text("host").orElse(usual.host()),
        all.whole("port", 0, MOST_PORT).orElse(usual.port()),
        hosts(all),
        all.text("ledger"),
        all.text("instance").orElse(usual.instance()),
        limits,
        keys(all.below("keys")),
        rewards,
        aliases(all.below("aliases"), limits),
        source(all),
        all.file("record"),
        all.number("confidence", 0, 1).orElse(Confidence.USUAL));
  }

  private static Set<String> hosts(Section all) {
    return all.texts("hosts").stream()
        .map(
            host -> {
              if (!HOST.matcher(host).matches()) {
                throw all.wrong(
                    "hosts",
                    "names hosts without scheme and port, as gateway.example or [::1]",
                    all.table().path("hosts"));
              }
              return host.toLowerCase(Locale.ROOT);
            })
        .collect(Collectors.toSet());
  }

  private static Limits limits(Section given) {
    if (given.missing()) return Limits.USUAL;
    given.requireKnown(Set.of("n", "tokens", "draws", "at-once", "body-bytes", "deadline"));
    Limits usual = Limits.USUAL;
    int most = SelectionRequest.MOST_DRAWS;
    return new Limits(
        given.whole("n", 1, most).orElse(usual.n()),
        given.whole("tokens", 1, 1 << 20).orElse(usual.tokens()),
        given.whole("draws", 1, most).orElse(usual.draws()),
        given.whole("at-once", 1, 1 << 16).orElse(usual.atOnce()),
        given.whole("body-bytes", 1 << 10, 1 << 26).orElse(usual.bodyBytes()),
        deadline(given).orElse(usual.deadline()));
  }

  private static Optional<Duration> deadline(Section given) {
    Optional<Duration> deadline = given.time("deadline");
    if (deadline.isPresent() && deadline.get().compareTo(Limits.LONGEST) > 0) {
      throw given.wrong("deadline", "is a time of at most 1h", given.table().path("deadline"));
    }
    return deadline;
  }

  private static Map<String, GatewaySettings.Key> keys(Section given) {
    Map<String, GatewaySettings.Key> keys = new LinkedHashMap<>();
    for (String name : given.names()) {
      requireName(given, name, NAME);
      Section key = given.below(name);
      key.requireKnown(Set.of("sha256", "per-minute"));
      String sha256 =
          key.text("sha256")
              .orElseThrow(
                  () ->
                      key.missing(
                          "sha256",
                          "the SHA-256 of the key; topdraw serve --new-key NAME makes both"));
      if (!SHA256.matcher(sha256).matches()) {
        // It may be the key itself that stands there.
        throw new InputException(
            Problem.MALFORMED,
            key.place("sha256")
                + ": "
                + key.called("sha256")
                + " is 64 digits, 0-9 and a-f: the SHA-256 of the key, not the key; topdraw serve"
                + " --new-key NAME makes both");
      }
      keys.put(
          name,
          new GatewaySettings.Key(
              sha256,
              key.whole("per-minute", 1, 1_000_000)
                  .map(OptionalInt::of)
                  .orElse(OptionalInt.empty())));
    }
    return keys;
  }

  private static void requireName(Section given, String name, Pattern pattern) {
    requireName(given.place(name) + ": a name here", name, pattern);
  }

  /// Refuses a name that no key of the file can have.
  ///
  /// @throws InputException if it is none
  static void requireKeyName(String name) {
    requireName("the name of a key", name, NAME);
  }

  private static void requireName(String what, String name, Pattern pattern) {
    if (!pattern.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      throw new InputException(
          Problem.MALFORMED,
          what
              + " is letters, digits and "
              + (pattern == NAME ? "._-" : "._:/@+-")
              + ", was \""
              + Section.shown(name)
              + "\"");
    }
  }

  private static Map<String, String> rewards(Section given) {
    Map<String, String> rewards = new LinkedHashMap<>();
    for (String name : given.names()) {
      requireName(given, name, NAME);
      rewards.put(
          name, given.text(name).orElseThrow(() -> given.missing(name, "what --reward takes")));
    }
    return rewards;
  }

  private static List<Alias> aliases(Section given, Limits limits) {
    List<Alias> aliases = new ArrayList<>();
    for (String name : given.names()) {
      requireName(given, name, ALIAS);
      Section alias = given.below(name);
      ObjectNode options = ((ObjectNode) alias.table()).deepCopy();
      options.remove("budget");
      try {
        aliases.add(
            new Alias(
                name,
                OptionsReader.of(options, alias.called("")),
                budget(alias.below("budget"), limits)));
      } catch (ApiException e) {
        String key = e.parameter().map(p -> p.substring(p.lastIndexOf('.') + 1)).orElse("");
        throw new InputException(Problem.MALFORMED, alias.place(key) + ": " + e.line()).by(e);
      }
    }
    return aliases;
  }

  private static Optional<Budget> budget(Section given, Limits limits) {
    if (given.missing()) return Optional.empty();
    given.requireKnown(Set.of("nats", "per", "hard", "window", "least", "most"));
    double nats =
        given
            .number("nats", 0, Double.MAX_VALUE)
            .orElseThrow(() -> given.missing("nats", "how far answers may drift, in nats"));
    String per = given.text("per").orElse("window");
    if (!per.equals("window") && !per.equals("answer")) {
      throw given.wrong("per", "is \"window\" or \"answer\"", given.table().path("per"));
    }
    int most = given.whole("most", 1, limits.n()).orElse(limits.n());
    return Optional.of(
        new Budget(
            nats,
            per.equals("answer"),
            given.flag("hard").orElse(true),
            given.time("window"),
            given.whole("least", 1, most).orElse(2),
            most));
  }

  private static Source source(Section all) {
    Section server = all.below("server");
    Section model = all.below("model");
    if (!server.missing() && !model.missing()) {
      throw new InputException(
          Problem.CONFLICT,
          all.place("server") + ": server and model are two places to draw from; give one of them");
    }
    return server.missing() ? inProcess(model) : server(server);
  }

  private static Source inProcess(Section given) {
    if (given.missing()) return GatewaySettings.USUAL.source();
    given.requireKnown(
        Set.of("file", "threads", "width", "context-tokens", "engine", "weights", "trust-model"));
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : List.of("threads", "width", "context-tokens")) {
      given.whole(name, 1, 1 << 20).ifPresent(value -> settings.put(name, value.toString()));
    }
    given.text("engine").ifPresent(value -> settings.put("engine", value));
    given.text("weights").ifPresent(value -> settings.put("weights", value));
    given.flag("trust-model").ifPresent(value -> settings.put("trust-model", value.toString()));
    return new Source.InProcess(given.file("file"), settings);
  }

  private static Source server(Section given) {
    given.requireKnown(Set.of("url", "model", "key-file", "at-once", "ahead", "seconds"));
    int atOnce = given.whole("at-once", 1, 1 << 16).orElse(USUAL_AT_ONCE);
    return new Source.Server(
        given
            .text("url")
            .orElseThrow(() -> given.missing("url", "an address, as http://127.0.0.1:8000")),
        given.text("model"),
        given.file("key-file"),
        atOnce,
        given.whole("ahead", 1, atOnce).orElse(Math.min(USUAL_AHEAD, atOnce)),
        given.whole("seconds", 1, A_DAY).orElse(USUAL_SECONDS));
  }
}
