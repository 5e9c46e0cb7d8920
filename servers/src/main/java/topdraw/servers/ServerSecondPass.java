package topdraw.servers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason.End;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.reference.DrawFailedException;
import topdraw.reference.PolicyContext;
import topdraw.reference.Provenance;
import topdraw.reference.Rescored;
import topdraw.reference.Rescored.Reason;
import topdraw.reference.Sampling;
import topdraw.reference.SecondPass;
import topdraw.servers.http.AtOnce;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Checkup;
import topdraw.servers.probe.Completion;
import topdraw.servers.probe.LogProbabilitySemantics;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;
import topdraw.servers.probe.LogProbabilitySemantics.Terms;
import topdraw.servers.probe.Question;
import topdraw.servers.probe.Worth;

/// A model on a server that says how likely it finds completions that are recorded: llama.cpp's
/// server and vLLM can.
///
/// Where a recording has a completion's tokens and this server's model drew them, those are scored.
/// Else the text is spelled in the model's own tokens, and the end token stands behind them: that
/// is one of the ways to draw this text, so what is told is at most the text's log-probability. Of
/// a completion that the limit on tokens cut that would not hold, so it is left out.
///
/// The numbers are the model's own at temperature 1. What they are worth is said as of draws, where
/// the recording says that just this server drew it; of what others drew nothing is proven, and a
/// margin is taken off all the same.
public final class ServerSecondPass implements SecondPass {
  private static final Prompt SHORT = Prompt.user("Name one colour. Answer with one word.");
  private static final int SHORT_TOKENS = 48;
  private static final int TRIES = 6;
  private static final int FIRST_SEED = 7;

  /// How many digits of a hash tell settings apart.
  private static final int SHOWN = 12;

  /// What a term may differ by from what was told when it was drawn: cached prompts were seen to
  /// move one by 0.025.
  private static final double ALIKE = 0.05;

  private final ModelServer server;
  private final Forcing forcing;
  private final Map<String, String> fingerprint;
  private final Optional<Provenance> drawn;
  private final OptionalInt end;
  private final Worth worth;
  private final boolean same;
  private final AtOnce atOnce;

  private ServerSecondPass(
      ModelServer server,
      Forcing forcing,
      Map<String, String> fingerprint,
      Optional<Provenance> drawn,
      OptionalInt end,
      LogProbabilitySemantics semantics,
      AtOnce atOnce) {
    this.server = server;
    this.forcing = forcing;
    this.fingerprint = fingerprint;
    this.drawn = drawn;
    this.end = end;
    this.atOnce = atOnce;
    same = difference(drawn, server, fingerprint).isEmpty();
    worth =
        server.worth(
            semantics, drawn.map(Provenance::sampling).orElse(Sampling.plain(SHORT_TOKENS)));
  }

  /// Looks at a server: whether it can say how likely given tokens are, and says what it said when
  /// it drew them.
  ///
  /// @param client asks it; closed with this, or when it cannot be opened
  /// @param model the model's name there; may be left out where it has but one
  /// @param route over which route the completions were drawn
  /// @param drawn what drew them, where the recording says so
  /// @param atOnce how many completions are scored at once; where it is left out, as many as the
  ///   server says it draws, or what suits its kind
  /// @return the second pass; the caller closes it
  /// @throws InputException if it has no such model, or cannot score what is given
  /// @throws DrawFailedException if it does not answer
  public static ServerSecondPass open(
      ServerClient client,
      Optional<String> model,
      Route route,
      Optional<Provenance> drawn,
      Optional<Integer> atOnce) {
    try {
      return opened(client, model, route, drawn, atOnce);
    } catch (ServerException e) {
      client.close();
      throw new DrawFailedException(e.failure().line());
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private static ServerSecondPass opened(
      ServerClient client,
      Optional<String> model,
      Route route,
      Optional<Provenance> drawn,
      Optional<Integer> atOnce) {
    ModelServer server = Opening.model(client, model, route);
    Forcing forcing = forcing(server);
    Sampling sampling = drawn.map(Provenance::sampling).orElse(Sampling.plain(SHORT_TOKENS));
    Optional<String> policy = Opening.trial(server, sampling).policy();
    ProbedModel probed = new ProbedModel(server);
    Optional<Completion> ended = ended(probed);
    ended.ifPresent(told -> requireAgreement(server, forcing, probed, told));
    LogProbabilitySemantics semantics =
        new LogProbabilitySemantics(
            Distribution.RAW, EndToken.INCLUDED, Terms.ALL, true, false, Checkup.margin(probed));
    Map<String, String> fingerprint = new TreeMap<>(server.fingerprint(sampling, semantics));
    fingerprint.remove(PolicyContext.LOG_PROBABILITIES);
    policy.ifPresent(words -> fingerprint.put("answers-as", words));
    int slots = server.identity().slots();
    return new ServerSecondPass(
        server,
        forcing,
        fingerprint,
        drawn,
        ended.map(ServerSecondPass::last).orElse(OptionalInt.empty()),
        semantics,
        new AtOnce(atOnce.orElse(slots > 0 ? slots : server.identity().kind().atOnce())));
  }

  private static Forcing forcing(ModelServer server) {
    return switch (server.identity().kind()) {
      case LLAMA_CPP -> new LlamaForcing(server);
      case VLLM -> new VllmForcing(server);
      case SGLANG, OLLAMA, TRANSFORMERS, OPENAI, COMPATIBLE ->
          throw new InputException(
              Problem.UNSUPPORTED,
              "%s (%s) cannot say how likely given completions are; llama.cpp's server and vLLM can"
                  .formatted(server.client().server(), server.identity().words()));
    };
  }

  /// A short answer that ended by itself, with its tokens.
  private static Optional<Completion> ended(ProbedModel probed) {
    for (int i = 0; i < TRIES; i++) {
      Completion told =
          probed
              .answer(new Question(SHORT, Sampling.plain(SHORT_TOKENS), FIRST_SEED + i, 1, 0))
              .getFirst();
      int[] ids = told.tokenIds();
      if (ids.length > 0
          && told.finish().filter("stop"::equals).isPresent()
          && told.tokens().orElse(-1) == ids.length
          && told.entries().size() == ids.length
          && told.endsWithItsEnd()) {
        return Optional.of(told);
      }
    }
    return Optional.empty();
  }

  private static OptionalInt last(Completion told) {
    int[] ids = told.tokenIds();
    return OptionalInt.of(ids[ids.length - 1]);
  }

  private static void requireAgreement(
      ModelServer server, Forcing forcing, ProbedModel probed, Completion told) {
    double[] terms = forcing.terms(forcing.prompt(probed.asked(SHORT)), told.tokenIds());
    for (int i = 0; i < terms.length; i++) {
      double apart = Math.abs(terms[i] - told.entries().get(i).nats());
      // NaN, where it gives no number, is no agreement either.
      if (!(apart <= ALIKE)) {
        throw new InputException(
            Problem.UNSUPPORTED,
            "%s (%s) says of given tokens what it did not say when it drew them: %s nats in place of %s; nothing is scored by it"
                .formatted(
                    server.client().server(),
                    server.identity().words(),
                    terms[i],
                    told.entries().get(i).nats()));
      }
    }
  }

  /// In which the server is not what drew the completions; empty where it is.
  private static Optional<String> difference(
      Optional<Provenance> drawn, ModelServer server, Map<String, String> fingerprint) {
    if (drawn.isEmpty()) return Optional.of("nothing says what drew them");
    Map<String, String> recorded = new TreeMap<>(drawn.get().fingerprint());
    recorded.remove(PolicyContext.LOG_PROBABILITIES);
    recorded.put("model", drawn.get().model());
    Map<String, String> now = new TreeMap<>(fingerprint);
    now.put("model", server.model());
    TreeMap<String, String> names = new TreeMap<>(recorded);
    names.putAll(now);
    for (String name : names.keySet()) {
      String before = recorded.getOrDefault(name, "(none)");
      String after = now.getOrDefault(name, "(none)");
      if (!before.equals(after)) {
        return Optional.of("%s was %s and is %s".formatted(name, before, after));
      }
    }
    return Optional.empty();
  }

  @Override
  public String words() {
    String settings = Json.sha256(Json.canonical(fingerprint)).substring(0, SHOWN);
    return "%s, model %s, settings %s"
        .formatted(server.identity().words(), server.model(), settings);
  }

  @Override
  public Optional<String> caveat() {
    return difference(drawn, server, fingerprint)
        .map(
            difference ->
                "this server's model is not known to be the policy that drew the completions (%s), so its numbers prove nothing of their own"
                    .formatted(difference));
  }

  @Override
  public List<Rescored> of(PromptDraws prompt) {
    if (prompt.prompt().isEmpty()) {
      return prompt.draws().stream()
          .<Rescored>map(draw -> new Rescored.Not(Reason.NO_PROMPT))
          .toList();
    }
    try {
      int[] asked = forcing.prompt(prompt.prompt().get());
      List<Supplier<Rescored>> questions =
          prompt.draws().stream().<Supplier<Rescored>>map(draw -> () -> of(asked, draw)).toList();
      return atOnce.ask(questions);
    } catch (ServerException e) {
      if (ofTheQuestion(e)) {
        return prompt.draws().stream()
            .<Rescored>map(draw -> new Rescored.Not(Reason.REFUSED))
            .toList();
      }
      throw new DrawFailedException(e.failure().line());
    }
  }

  private Rescored of(int[] asked, Draw draw) {
    try {
      Given given = given(draw);
      return given
          .missing()
          .<Rescored>map(Rescored.Not::new)
          .orElseGet(() -> told(asked, draw, given));
    } catch (ServerException e) {
      if (ofTheQuestion(e)) return new Rescored.Not(Reason.REFUSED);
      throw e;
    }
  }

  private static boolean ofTheQuestion(ServerException e) {
    return switch (e.failure().status()) {
      case 400, 413, 422 -> true;
      default -> false;
    };
  }

  /// The tokens to score, or why there are none.
  private record Given(int[] ids, boolean drawn, Optional<Reason> missing) {
    static Given not(Reason why) {
      return new Given(new int[0], false, Optional.of(why));
    }
  }

  private Given given(Draw draw) {
    boolean cut = draw.finish().cut();
    if (same && draw.tokens() instanceof Tokens.Ids drawn) {
      return new Given(drawn.ids(), true, Optional.empty());
    }
    if (draw.text().isEmpty()) return Given.not(Reason.NO_TEXT);
    if (cut) return Given.not(Reason.CUT);
    if (draw.finish().end() != End.ENDED) return Given.not(Reason.OTHER_END);
    if (end.isEmpty()) return Given.not(Reason.NO_END_TOKEN);
    String text = draw.text().get();
    int[] ids = text.isEmpty() ? new int[0] : forcing.text(text);
    if (!text.isEmpty() && !forcing.spelled(ids).equals(text)) {
      return Given.not(Reason.OTHER_TOKENS);
    }
    int[] whole = Arrays.copyOf(ids, ids.length + 1);
    whole[ids.length] = end.getAsInt();
    boolean possible =
        drawn.map(Provenance::sampling).map(Sampling::maxTokens).orElse(Integer.MAX_VALUE)
            >= whole.length;
    return possible ? new Given(whole, false, Optional.empty()) : Given.not(Reason.OTHER_TOKENS);
  }

  private Rescored told(int[] asked, Draw draw, Given given) {
    double[] terms = forcing.terms(asked, given.ids());
    double sum = 0;
    for (double nats : terms) {
      if (!LogProbability.possible(nats)) return new Rescored.Not(Reason.NO_NUMBER);
      sum += nats;
    }
    double below = sum - worth.semantics().margin() * terms.length;
    LogProbability logProbability =
        same
            ? worth.ofTerms(terms, draw.finish().cut(), given.drawn())
            : new Unproven(below, Doubt.UNKNOWN_DISTRIBUTION);
    return new Rescored.Told(logProbability, terms.length, sum);
  }

  @Override
  public void close() {
    server.close();
  }
}
