package topdraw.servers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reference.Continuation;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.servers.http.AtOnce;
import topdraw.servers.http.Failure;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Worth;

/// A completion drawn block by block from llama.cpp's server: each candidate is a request of its
/// own, whose prompt is the tokens of the prompt and of what is accepted, and which is drawn from
/// as a whole completion is. A candidate of the first block has the seed of the completion of its
/// index, those of later ones have seeds of their own.
final class LlamaContinuation implements Continuation {
  private static final int MOST = 1024;

  /// What is continued.
  ///
  /// @param key the prompt's key
  /// @param tokens the prompt's tokens
  /// @param n candidates of a block
  record Start(String key, int[] tokens, int n) {}

  /// What is accepted, or would be.
  ///
  /// @param ids the tokens, the end's included
  /// @param terms their log-probabilities as the server told them; NaN where it told none
  /// @param ended whether the model ended it
  /// @param decoded how many tokens the server decoded for it
  private record Text(int[] ids, double[] terms, boolean ended, long decoded) {}

  private final ModelServer server;
  private final LlamaForcing forcing;
  private final Worth worth;
  private final Provenance provenance;
  private final AtOnce atOnce;
  private final Start start;
  private Text accepted = new Text(new int[0], new double[0], false, 0);
  private List<Text> candidates = List.of();
  private int block;
  private long decoded;
  private boolean closed;

  LlamaContinuation(
      ModelServer server,
      LlamaForcing forcing,
      Worth worth,
      Provenance provenance,
      AtOnce atOnce,
      Start start) {
    if (start.n() < 1 || start.n() > MOST) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "a block has from 1 to %d candidates, was %d".formatted(MOST, start.n()));
    }
    this.server = server;
    this.forcing = forcing;
    this.worth = worth;
    this.provenance = provenance;
    this.atOnce = atOnce;
    this.start = start;
  }

  @Override
  public List<Draw> draw(int tokens, DrawProgress progress) {
    if (tokens < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, "a block has at least 1 token, was " + tokens);
    }
    require(!closed, "it is closed");
    require(!finished(), "it is whole");
    require(candidates.isEmpty(), "one of its candidates is to be accepted first");
    int most = Math.min(tokens, provenance.sampling().maxTokens() - accepted.ids().length);
    String key = block == 0 ? start.key() : start.key() + " block " + block;
    DrawSeeds seeds = new DrawSeeds(provenance.seed(), key);
    try {
      candidates =
          atOnce.ask(
              IntStream.range(0, start.n())
                  .<Supplier<Text>>mapToObj(j -> () -> continued(most, seeds.of(j)))
                  .toList());
      List<Draw> draws =
          IntStream.range(0, start.n()).mapToObj(j -> draw(j, candidates.get(j))).toList();
      decoded += candidates.stream().mapToLong(Text::decoded).sum();
      progress.drawn(
          start.n(),
          candidates.stream().mapToLong(text -> text.ids().length - accepted.ids().length).sum());
      return draws;
    } catch (ServerException e) {
      closed = true;
      throw failed(e.failure());
    }
  }

  private static RuntimeException failed(Failure failure) {
    return switch (failure.status()) {
      case 400, 413, 422 ->
          new InputException(
              Problem.UNSUPPORTED, "the server refuses the prompt: " + failure.body());
      default -> new DrawFailedException(failure.line());
    };
  }

  private Text continued(int most, int seed) {
    int[] before = accepted.ids();
    int[] context = joined(start.tokens(), before);
    ObjectNode question = server.continuing(context, provenance.sampling(), most, seed);
    JsonNode answer = server.client().post("/completion", question).json();
    int[] ids = Forcing.ids(answer.path("tokens"));
    if (ids.length == 0 || ids.length > most) {
      throw new ServerException(
          new Failure(
              Failure.Kind.BROKEN,
              "%s gives %d tokens where it was asked for 1 to %d"
                  .formatted(server.client().server(), ids.length, most),
              200,
              "",
              false,
              Optional.empty()));
    }
    double[] terms = terms(answer.path("completion_probabilities"), context, ids);
    return new Text(
        joined(before, ids),
        joined(accepted.terms(), terms),
        answer.path("stop_type").asString("").equals("eos"),
        answer.at("/timings/prompt_n").asLong(0) + ids.length);
  }

  /// Tokens that end inside a character have no entry: then all are asked for one by one.
  private double[] terms(JsonNode entries, int[] context, int[] ids) {
    boolean all = entries.size() == ids.length;
    double[] terms = new double[ids.length];
    for (int i = 0; all && i < ids.length; i++) {
      all = entries.get(i).path("id").asInt(-1) == ids[i];
      terms[i] = entries.get(i).path("logprob").asDouble(Double.NaN);
    }
    return all ? terms : forcing.terms(context, ids);
  }

  private Draw draw(int index, Text text) {
    boolean known = Arrays.stream(text.terms()).allMatch(LogProbability::possible);
    LogProbability logProbability =
        known ? worth.ofTerms(text.terms(), !text.ended(), true) : LogProbability.missing();
    double taken =
        logProbability instanceof AtMost(double nats, AtMost.Reason.Margin(double perToken))
            ? perToken
            : 0;
    double[] each =
        known ? Arrays.stream(text.terms()).map(nats -> nats - taken).toArray() : new double[0];
    int[] spelled = text.ended() ? Arrays.copyOf(text.ids(), text.ids().length - 1) : text.ids();
    return Draw.of(
        index,
        spelled.length == 0 ? "" : forcing.spelled(spelled),
        new Tokens.Ids(text.ids(), each),
        logProbability,
        text.ended() ? FinishReason.STOP : FinishReason.LENGTH);
  }

  @Override
  public void accept(int candidate) {
    require(!closed, "it is closed");
    require(!candidates.isEmpty(), "it has no candidates to accept");
    if (candidate < 0 || candidate >= start.n()) {
      throw new IllegalArgumentException(
          "candidates are counted from 0 to %d, was %d".formatted(start.n() - 1, candidate));
    }
    accepted = candidates.get(candidate);
    candidates = List.of();
    block++;
  }

  @Override
  public boolean finished() {
    return accepted.ended() || accepted.ids().length == provenance.sampling().maxTokens();
  }

  @Override
  public long tokensDecoded() {
    return decoded;
  }

  @Override
  public void close() {
    closed = true;
  }

  private static int[] joined(int[] before, int[] after) {
    int[] all = Arrays.copyOf(before, before.length + after.length);
    System.arraycopy(after, 0, all, before.length, after.length);
    return all;
  }

  private static double[] joined(double[] before, double[] after) {
    double[] all = Arrays.copyOf(before, before.length + after.length);
    System.arraycopy(after, 0, all, before.length, after.length);
    return all;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) throw new IllegalStateException("the completion cannot go on: " + otherwise);
  }
}
