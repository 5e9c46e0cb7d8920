package topdraw.servers.reward;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.provider.Asked;
import topdraw.reward.RewardContext;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.Secret;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;

/// A server and what is said of it: `URL NAME=VALUE …`, with blanks between.
///
/// @param what who is asked for, as `tei`
/// @param name the reward's name: as it was written, but for how the server is asked
/// @param server where it listens
/// @param settings what is set, in the order written
record Addressed(String what, String name, ServerAddress server, Map<String, String> settings) {
  /// Holds the key to a reward's server. Not that of the model's server: a key goes to whom it is
  /// for.
  static final String KEY = "TOPDRAW_REWARD_KEY";

  static final String KEY_FILE = "key-file";
  static final String AT_ONCE = "at-once";
  static final String MODEL = "model";

  private static final int MOST_AT_ONCE = 1024;
  private static final Pattern HOW_ASKED =
      Pattern.compile("\\s+(" + AT_ONCE + "|" + KEY_FILE + ")=\\S*");

  /// @param takes the settings that it knows, beside `key-file` and `at-once`
  /// @throws InputException if there is no address, or a setting that it does not know
  static Addressed of(Asked asked, List<String> takes) {
    String[] words =
        asked.required(asked.name() + ":http://127.0.0.1:8000").strip().split("\\s+", -1);
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String name = equals < 0 ? words[i] : words[i].substring(0, equals);
      if (equals < 0 || !(takes.contains(name) || name.equals(KEY_FILE) || name.equals(AT_ONCE))) {
        throw new InputException(
            Problem.UNKNOWN,
            asked.name()
                + " takes an address and, after blanks, "
                + String.join("=, ", takes)
                + (takes.isEmpty() ? "" : "=, ")
                + AT_ONCE
                + "= and "
                + KEY_FILE
                + "=, not "
                + words[i]);
      }
      settings.put(name, words[i].substring(equals + 1));
    }
    try {
      String name = HOW_ASKED.matcher(asked.spec()).replaceAll("");
      return new Addressed(asked.name(), name, ServerAddress.of(words[0]), settings);
    } catch (InputException e) {
      throw InputException.at(asked.name(), e);
    }
  }

  Optional<String> setting(String name) {
    return Optional.ofNullable(settings.get(name)).filter(value -> !value.isEmpty());
  }

  /// @throws InputException if it is no number in the range
  OptionalInt number(String name, int least, int most) {
    Optional<String> value = setting(name);
    if (value.isEmpty()) return OptionalInt.empty();
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) return OptionalInt.of(number);
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InputException(
        Problem.OUT_OF_RANGE,
        "%s: %s is a whole number from %d to %d, was %s"
            .formatted(what, name, least, most, value.get()));
  }

  /// How many questions are asked at once.
  int atOnce(int usual) {
    return number(AT_ONCE, 1, MOST_AT_ONCE).orElse(usual);
  }

  /// What a score depends on: not who may ask, nor how many at once.
  Map<String, String> identity() {
    Map<String, String> identity = new LinkedHashMap<>(settings);
    identity.remove(KEY_FILE);
    identity.remove(AT_ONCE);
    return identity;
  }

  /// @param variable the setting of the environment that holds the key where no file does
  /// @throws IOException if a key's file cannot be read
  ServerClient client(RewardContext context, String variable) throws IOException {
    Optional<String> file = setting(KEY_FILE);
    Optional<Secret> key =
        file.isPresent()
            ? Optional.of(Secret.in(Path.of(file.get())))
            : context
                .surroundings()
                .secrets()
                .apply(variable)
                .map(value -> Secret.of(value.strip(), variable));
    return ServerClient.of(
        server,
        key,
        ClientSettings.defaults().within(context.processLimit()),
        context.surroundings());
  }

  /// The model named, or the only one there is.
  ///
  /// @throws InputException if none is named and there is not one
  /// @throws IOException if the server does not say
  String model(ServerClient client) throws IOException {
    Optional<String> named = setting(MODEL);
    if (named.isPresent()) return named.get();
    JsonNode list;
    try {
      list = client.get("/v1/models").json().path("data");
    } catch (ServerException e) {
      throw new IOException(e.getMessage(), e);
    }
    List<String> names = new ArrayList<>();
    for (JsonNode model : list) names.add(model.path("id").asString(""));
    if (names.size() == 1) return names.getFirst();
    throw new InputException(
        Problem.MISSING,
        what
            + ": say which model of "
            + server
            + " is meant, as in model=NAME; it has "
            + Json.line(names));
  }
}
