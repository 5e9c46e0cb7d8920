package topdraw.servers.probe;

import java.util.List;
import java.util.OptionalInt;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;

/// All that probes found out about one server and model.
///
/// @param semantics what its log-probabilities are
/// @param choices whether `n` is heeded
/// @param seed whether the seed is
/// @param maxTokens whether the limit on tokens is
/// @param greedy whether answers are alike whatever the seed, so that there is nothing to draw
/// @param template what its chat template makes of a prompt
/// @param requests how many completions were asked for
/// @param evidence what was seen, a sentence each
public record Checkup(
    LogProbabilitySemantics semantics,
    Heeded choices,
    Heeded seed,
    Heeded maxTokens,
    boolean greedy,
    Template template,
    int requests,
    List<String> evidence) {

  /// How many completions are asked for at most, of at most 48 tokens each.
  public static final int MOST_REQUESTS = 20;

  private static final int DRAWS = 5;

  /// What was seen of draws.
  ///
  /// @return a sentence
  public String draws() {
    return evidence.get(DRAWS);
  }

  /// Copies the evidence.
  public Checkup {
    evidence = List.copyOf(evidence);
  }

  /// Asks a server. Eight completions as a rule, and three places where a vocabulary can be had.
  ///
  /// @param server the server
  /// @return what was found; what it did not answer is unknown
  /// @throws ServerException if it answers nothing at all, is gone, busy or wants another key
  public static Checkup of(ProbedServer server) {
    Answers answers = new Answers(server);
    Found<Distribution> distribution = new DistributionProbe().read(answers);
    Found<EndToken> endToken = new EndTokenProbe().read(answers);
    Found<TermsProbe.Told> terms = new TermsProbe().read(answers);
    Found<Boolean> drawnAhead = new DrawnAheadProbe().read(answers);
    Found<SeedProbe.Told> seeds = new SeedProbe().read(answers);
    answers
        .nothing()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    Found<Heeded> choices = new ChoicesProbe().read(answers);
    Found<Heeded> length = new LengthProbe().read(answers);
    MarginProbe places = new MarginProbe();
    Found<Double> margin = places.read(server);
    Template template = template(answers, server);
    return new Checkup(
        new LogProbabilitySemantics(
            distribution.value(),
            endToken.value(),
            terms.value().terms(),
            terms.value().ids(),
            drawnAhead.value(),
            margin.value()),
        choices.value(),
        seeds.value().seed(),
        length.value(),
        seeds.value().greedy(),
        template,
        answers.completions() + places.places(),
        List.of(
            distribution.evidence(),
            endToken.evidence(),
            terms.evidence(),
            drawnAhead.evidence(),
            margin.evidence(),
            seeds.evidence(),
            choices.evidence(),
            length.evidence(),
            template.sentence()));
  }

  /// Asks of which distribution a server's log-probabilities are, and nothing else: two or three
  /// tokens.
  ///
  /// @param server the server
  /// @return the distribution; unknown where it does not answer that
  /// @throws ServerException if it is gone, busy or wants another key
  public static Distribution distribution(ProbedServer server) {
    return new DistributionProbe().read(new Answers(server)).value();
  }

  /// Measures by how much a server's log-probabilities may be too large, and nothing else.
  ///
  /// @param server the server
  /// @return nats a token, at least 0
  /// @throws ServerException if it is gone, busy or wants another key
  public static double margin(ProbedServer server) {
    return new MarginProbe().read(server).value();
  }

  private static Template template(Answers answers, ProbedServer server) {
    Question question = Question.firstToken(1, 1);
    OptionalInt tokens =
        answers
            .to(question)
            .or(() -> answers.to(Question.answer(Question.SEED)))
            .map(Completion::promptTokens)
            .orElse(OptionalInt.empty());
    return new Template(server.templates(), tokens, server.promptTokens(question.prompt()));
  }
}
