package topdraw.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.provider.Asked;
import topdraw.provider.Offer;
import topdraw.provider.Surroundings;
import topdraw.reference.DrawFailedException;
import topdraw.reference.PolicyContext;
import topdraw.reference.PolicyProvider;
import topdraw.reference.ReferencePolicy;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.Secret;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.LogProbabilitySemantics;

/// Offers models on servers as `server:URL`, or `server:URL URL …` for several that hold the same
/// one.
///
/// Settings: `model`, its name there; `at-once`, how many completions each server is asked for at
/// once; `blocks`, `true` where completions are drawn block by block; `raw`, `true` where texts are
/// continued and conversations are not; `seconds`, the most for one completion; `key-file`, a file
/// of mode 0600 with the key that is else taken from `OPENAI_API_KEY`; `log-probabilities`, what
/// the fingerprint of a run that goes on says of them.
public final class ServerProvider implements PolicyProvider {
  private static final String MODEL = "model";
  private static final String AT_ONCE = "at-once";
  private static final String BLOCKS = "blocks";
  private static final String RAW = "raw";
  private static final String SECONDS = "seconds";
  private static final String KEY_FILE = "key-file";
  private static final List<String> SETTINGS =
      List.of(MODEL, AT_ONCE, BLOCKS, RAW, SECONDS, KEY_FILE, PolicyContext.LOG_PROBABILITIES);
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int MOST_AT_ONCE = 1024;
  private static final int A_DAY = 86_400;
  private static final String OPENAI = "https://api.openai.com/v1";

  /// The service loader's constructor.
  public ServerProvider() {}

  @Override
  public List<Offer<ReferencePolicy, PolicyContext>> offers() {
    return List.of(new Offer<>("server", "server:URL", ServerProvider::open));
  }

  private static ReferencePolicy open(Asked asked, PolicyContext context) throws IOException {
    Map<String, String> given = context.settings();
    for (String name : given.keySet()) {
      if (!SETTINGS.contains(name)) {
        throw new InputException(
            Problem.UNKNOWN,
            "server has no setting '" + name + "'; there are " + String.join(", ", SETTINGS));
      }
    }
    List<ServerAddress> servers = new ArrayList<>();
    String urls = asked.required("server:http://127.0.0.1:8000").strip();
    for (String url : BLANKS.splitAsStream(urls).toList()) {
      ServerAddress server = ServerAddress.of(url);
      if (servers.contains(server)) {
        throw new InputException(
            Problem.CONFLICT, server + " is named twice; name each server once");
      }
      servers.add(server);
    }
    Optional<Secret> key =
        Secret.find(Optional.ofNullable(given.get(KEY_FILE)).map(Path::of), context.surroundings());
    ClientSettings limits = limits(number(given, SECONDS, Parameter.SERVER_TIMEOUT, A_DAY));
    Optional<Integer> atOnce = number(given, AT_ONCE, Parameter.AT_ONCE, MOST_AT_ONCE);
    List<ServerClient> clients =
        servers.stream()
            .map(server -> ServerClient.of(server, key, limits, context.surroundings()))
            .toList();
    boolean blocks = Boolean.parseBoolean(given.get(BLOCKS));
    if (blocks) requireContinuing(clients);
    HttpPolicy policy =
        HttpPolicy.open(
            clients,
            Boolean.parseBoolean(given.get(RAW)) ? Route.TEXT : Route.CHAT,
            Optional.ofNullable(given.get(MODEL)).filter(name -> !name.isBlank()),
            context.sampling(),
            context.seed(),
            atOnce,
            Optional.ofNullable(given.get(PolicyContext.LOG_PROBABILITIES))
                .flatMap(LogProbabilitySemantics::read));
    return blocks ? ServerBlocks.of(policy) : policy;
  }

  /// Before anything is drawn.
  private static void requireContinuing(List<ServerClient> clients) {
    try {
      for (ServerClient client : clients) {
        ServerBlocks.requireContinuing(client, Recognition.of(client));
      }
    } catch (ServerException e) {
      clients.forEach(ServerClient::close);
      throw new DrawFailedException(e.failure().line());
    } catch (RuntimeException e) {
      clients.forEach(ServerClient::close);
      throw e;
    }
  }

  /// The address of a server that may be called by its name.
  ///
  /// @param server an address, or `openai`, which is `OPENAI_BASE_URL`, else OpenAI itself
  /// @param surroundings knows the environment
  /// @return the address
  public static String address(String server, Surroundings surroundings) {
    return server.equals("openai")
        ? surroundings.secrets().apply("OPENAI_BASE_URL").orElse(OPENAI)
        : server;
  }

  /// A client of one server.
  ///
  /// @param url its address
  /// @param keyFile a file with its key, of mode 0600; else `OPENAI_API_KEY` holds it
  /// @param seconds the most for one completion, where that is asked for
  /// @param surroundings know the environment
  /// @return the client; the caller closes it
  /// @throws InputException if the key or the address is none
  /// @throws IOException if the key's file cannot be read
  public static ServerClient client(
      String url, Optional<Path> keyFile, Optional<Integer> seconds, Surroundings surroundings)
      throws IOException {
    Optional<Secret> key = Secret.find(keyFile, surroundings);
    return ServerClient.of(ServerAddress.of(url), key, limits(seconds), surroundings);
  }

  private static ClientSettings limits(Optional<Integer> seconds) {
    return seconds
        .map(most -> ClientSettings.defaults().within(Duration.ofSeconds(most)))
        .orElse(ClientSettings.defaults());
  }

  private static Optional<Integer> number(
      Map<String, String> given, String name, Parameter parameter, int most) {
    String value = given.get(name);
    if (value == null) return Optional.empty();
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= 1 && number <= most) return Optional.of(number);
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InputException(
        Problem.OUT_OF_RANGE,
        parameter,
        " is a whole number from 1 to " + most + ", was '" + value + "'");
  }
}
