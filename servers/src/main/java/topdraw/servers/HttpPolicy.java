package topdraw.servers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reference.Capabilities;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Request;
import topdraw.reference.Sampling;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Bounds;
import topdraw.servers.probe.LogProbabilitySemantics;
import topdraw.servers.probe.Worth;

/// A model on one server or several as a reference policy.
///
/// A completion is one request with n = 1 and a seed of its own, made of the run's seed, the prompt
/// and the index ([DrawSeeds]); every setting of the sampling is sent, whatever the server's
/// defaults. A [topdraw.draw.Prompt.Chat] goes through the server's own chat template. Servers do
/// not give the same bits whatever else they compute beside it, so the policy is not said to be
/// deterministic, though seeds are sent.
///
/// Several servers that hold the same model draw side by side: each takes the next request as soon
/// as it has room. Where one fails, its draws go to the others; a draw that all have failed is
/// answered as failed. Where all are gone the drawing ends.
public final class HttpPolicy implements ReferencePolicy, Served {
  private final List<Drawing.Place> places;
  private final Provenance provenance;
  private final Worth worth;
  private final int width;

  private HttpPolicy(List<Drawing.Place> places, Provenance provenance, Worth worth) {
    this.places = List.copyOf(places);
    this.provenance = provenance;
    this.worth = worth;
    width = places.stream().mapToInt(Drawing.Place::most).sum();
  }

  /// Looks at the servers and opens the policy.
  ///
  /// @param clients ask the servers, at least one; closed with the policy, or when it cannot be
  ///   opened
  /// @param route over which route is drawn: that one is asked about, and draws over the other
  ///   prove nothing by their log-probabilities
  /// @param model the model's name there; may be left out where each has but one
  /// @param sampling how tokens are drawn
  /// @param seed the run's seed
  /// @param atOnce how many completions each server is asked for at once; where it is left out, as
  ///   many as it says it draws at once, or what suits its kind
  /// @param recorded what a run that goes on has recorded of the servers' log-probabilities; they
  ///   are not asked again for more than whether that still holds
  /// @return the policy; the caller closes it
  /// @throws InputException if a server has no such model, does not take the sampling, or draws
  ///   nothing; if two are not the same policy
  /// @throws DrawFailedException if one does not answer
  public static HttpPolicy open(
      List<ServerClient> clients,
      Route route,
      Optional<String> model,
      Sampling sampling,
      long seed,
      Optional<Integer> atOnce,
      Optional<LogProbabilitySemantics> recorded) {
    try {
      List<Opening.Opened> opened = opened(clients, route, model, sampling, recorded);
      Opening.Opened first = opened.getFirst();
      Map<String, String> fingerprint = fingerprint(first, sampling);
      for (Opening.Opened other : opened) requireSame(first, fingerprint, other, sampling);
      List<Drawing.Place> places =
          opened.stream()
              .map(one -> new Drawing.Place(one.server(), atOnce.orElse(atOnce(one))))
              .toList();
      return new HttpPolicy(
          places,
          new Provenance(first.server().model(), fingerprint, sampling, seed),
          first.server().worth(first.semantics(), sampling));
    } catch (ServerException e) {
      clients.forEach(ServerClient::close);
      throw new DrawFailedException(e.failure().line());
    } catch (RuntimeException e) {
      clients.forEach(ServerClient::close);
      throw e;
    }
  }

  /// Each server with the largest margin of all: what was measured differs in its last digits.
  private static List<Opening.Opened> opened(
      List<ServerClient> clients,
      Route route,
      Optional<String> model,
      Sampling sampling,
      Optional<LogProbabilitySemantics> recorded) {
    List<Opening.Opened> opened = new ArrayList<>();
    for (ServerClient client : clients) {
      opened.add(Opening.of(client, model, route, sampling, recorded));
    }
    double margin =
        opened.stream().mapToDouble(one -> one.semantics().margin()).max().orElseThrow();
    return opened.stream().map(one -> one.withMargin(margin)).toList();
  }

  private static int atOnce(Opening.Opened opened) {
    ServerIdentity identity = opened.server().identity();
    return identity.slots() > 0 ? identity.slots() : identity.kind().atOnce();
  }

  private static Map<String, String> fingerprint(Opening.Opened opened, Sampling sampling) {
    Map<String, String> fingerprint =
        new LinkedHashMap<>(opened.server().fingerprint(sampling, opened.semantics()));
    switch (opened.server().identity().kind()) {
      // One name, many machines: what answers may change from draw to draw, and each draw says it.
      case OPENAI, COMPATIBLE -> {}
      default -> opened.policy().ifPresent(words -> fingerprint.put("answers-as", words));
    }
    return fingerprint;
  }

  private static void requireSame(
      Opening.Opened first,
      Map<String, String> fingerprint,
      Opening.Opened other,
      Sampling sampling) {
    Map<String, String> others = fingerprint(other, sampling);
    TreeSet<String> names = new TreeSet<>(fingerprint.keySet());
    names.addAll(others.keySet());
    requireSame(first, other, "model", first.server().model(), other.server().model());
    for (String name : names) {
      requireSame(
          first,
          other,
          name,
          fingerprint.getOrDefault(name, "(none)"),
          others.getOrDefault(name, "(none)"));
    }
  }

  private static void requireSame(
      Opening.Opened first, Opening.Opened other, String name, String one, String two) {
    if (!one.equals(two)) {
      throw new InputException(
          Problem.CONFLICT,
          "draws of one run come from one policy, and %s and %s differ in %s: %s, %s"
              .formatted(
                  first.server().client().server(),
                  other.server().client().server(),
                  name,
                  one,
                  two));
    }
  }

  /// What the log-probabilities of its draws are.
  ///
  /// @return what asking the server has shown
  public LogProbabilitySemantics semantics() {
    return worth.semantics();
  }

  /// The first of its servers.
  ModelServer server() {
    return places.getFirst().server();
  }

  /// What the log-probabilities of its draws are worth.
  Worth worth() {
    return worth;
  }

  @Override
  public Optional<String> noLogProbability() {
    return Bounds.never(worth);
  }

  /// {@inheritDoc}
  ///
  /// @throws DrawFailedException if no server answers any more
  /// @throws CancellationException if the thread is interrupted
  @Override
  public void drawAll(Iterator<Request> requests, Answers answers) {
    try (Drawing drawing =
        new Drawing(places, provenance.sampling(), provenance.seed(), worth, requests, answers)) {
      drawing.run();
    }
  }

  /// Not deterministic, since what a server computes beside a draw may change its last bits; not
  /// every draw has a log-probability that proves something.
  @Override
  public Capabilities capabilities() {
    return new Capabilities(false, false, width);
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public void close() {
    places.forEach(place -> place.server().close());
  }
}
