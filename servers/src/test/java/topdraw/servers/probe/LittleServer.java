package topdraw.servers.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import topdraw.draw.Prompt;
import topdraw.reference.Sampling;
import topdraw.servers.http.Failure;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Completion.Entry;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;
import topdraw.servers.probe.LogProbabilitySemantics.Terms;

/// A language of a few words that draws, tempers and cuts off as servers do, and tells its
/// log-probabilities in any of the ways in which they do that.
record LittleServer(
    LogProbabilitySemantics tells,
    boolean greedy,
    boolean seeded,
    boolean choices,
    boolean limited,
    double excess)
    implements ProbedServer {
  private static final double[] LOGITS = {2.0, 1.4, 1.1, 0.3, 0.1, -0.4, -1.0, -2.5};
  private static final int END = 2;

  LittleServer(LogProbabilitySemantics tells) {
    this(tells, false, true, true, true, Double.NaN);
  }

  private record Drawn(int token, double nats, double[] told) {}

  @Override
  public List<Completion> answer(Question question) {
    List<Completion> told = new ArrayList<>();
    for (int i = 0; i < (choices ? question.choices() : 1); i++) {
      told.add(completion(question, question.seed() + i));
    }
    return told;
  }

  private Completion completion(Question question, int seed) {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom")
            .create(31L * seed + (seeded ? 1 : 1 + 1000L * question.repeat()));
    Sampling sampling = question.sampling();
    boolean special = question.prompt().display().contains("žluť");
    List<Drawn> drawn = new ArrayList<>();
    int most = sampling.maxTokens() + (limited ? 0 : 2);
    boolean ended = false;
    while (drawn.size() < most && (!ended || (!limited && drawn.size() < 2))) {
      Drawn next = draw(sampling, random);
      drawn.add(next);
      ended = next.token() == END;
    }
    StringBuilder text = new StringBuilder();
    for (Drawn one : drawn) text.append(word(one.token(), special));
    return new Completion(
        text.toString(),
        Optional.of(ended ? "stop" : "length"),
        entries(drawn, special),
        new int[0],
        tells.terms() == Terms.UNKNOWN ? OptionalInt.empty() : OptionalInt.of(drawn.size()),
        OptionalInt.of(9),
        false,
        Optional.empty());
  }

  private List<Entry> entries(List<Drawn> drawn, boolean special) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      Drawn one = drawn.get(i);
      boolean end = one.token() == END;
      boolean left =
          switch (tells.terms()) {
            case NONE -> true;
            case SOME -> i == 0 && drawn.size() > 1;
            case WHOLE_CHARACTERS -> special && i % 2 == 0 && !end;
            case ALL, UNKNOWN -> false;
          };
      if (left || (end && tells.endToken() == EndToken.EXCLUDED)) continue;
      Map<String, Double> others = new HashMap<>();
      IntStream.range(0, LOGITS.length)
          .boxed()
          .filter(t -> t != one.token() && one.told()[t] > Double.NEGATIVE_INFINITY)
          .sorted(Comparator.comparingDouble(t -> -one.told()[t]))
          .limit(Question.LIKELIEST - 1)
          .forEach(t -> others.put(word(t, special), one.told()[t]));
      entries.add(
          new Entry(
              word(one.token(), special),
              tells.drawnAhead() && i % 3 == 1 ? 0 : one.nats(),
              tells.ids() ? OptionalInt.of(one.token()) : OptionalInt.empty(),
              others));
    }
    return entries;
  }

  private static String word(int token, boolean special) {
    return token == END ? "" : special ? "ž" + token : " w" + token;
  }

  private Drawn draw(Sampling sampling, RandomGenerator random) {
    double[] tempered = normalised(LOGITS, sampling.temperature());
    double[] policy = cut(tempered, sampling.topP());
    double[] told =
        switch (tells.distribution()) {
          case RAW -> normalised(LOGITS, 1);
          case TEMPERATURE -> tempered;
          case POLICY -> policy;
          case UNKNOWN -> LOGITS; // neither tempered nor normalised
        };
    int token = greedy ? 0 : drawn(policy, random.nextDouble());
    return new Drawn(token, told[token], told);
  }

  private static int drawn(double[] logP, double u) {
    double sum = 0;
    for (int t = 0; t < logP.length; t++) {
      sum += Math.exp(logP[t]);
      if (u < sum) return t;
    }
    return 0;
  }

  private static double[] normalised(double[] logits, double temperature) {
    double z = 0;
    for (double logit : logits) z += Math.exp(logit / temperature);
    double log = Math.log(z);
    return IntStream.range(0, logits.length)
        .mapToDouble(t -> logits[t] / temperature - log)
        .toArray();
  }

  /// The logits fall, so the likeliest come first.
  private static double[] cut(double[] logP, double topP) {
    double kept = 0;
    int count = 0;
    while (count < logP.length && kept < topP) kept += Math.exp(logP[count++]);
    double log = Math.log(kept);
    int left = count;
    return IntStream.range(0, logP.length)
        .mapToDouble(t -> t < left ? logP[t] - log : Double.NEGATIVE_INFINITY)
        .toArray();
  }

  @Override
  public double[] vocabulary(String text) {
    if (Double.isNaN(excess)) return new double[0];
    double[] row = normalised(LOGITS, 1);
    double more = excess * text.length() / MarginProbe.TEXTS.getFirst().length();
    return IntStream.range(0, row.length).mapToDouble(t -> row[t] + more).toArray();
  }

  @Override
  public double statedMargin() {
    return tells.margin();
  }

  @Override
  public OptionalInt promptTokens(Prompt prompt) {
    return OptionalInt.of(9);
  }

  /// A server that refuses everything.
  static ProbedServer refusing(Failure.Kind kind) {
    return new ProbedServer() {
      @Override
      public List<Completion> answer(Question question) {
        throw new ServerException(
            new Failure(kind, "it says no", 400, "no", false, Optional.empty()));
      }

      @Override
      public double[] vocabulary(String text) {
        return new double[0];
      }

      @Override
      public double statedMargin() {
        return 0;
      }

      @Override
      public OptionalInt promptTokens(Prompt prompt) {
        return OptionalInt.empty();
      }
    };
  }

  /// Every way of telling log-probabilities, the margin left out.
  static List<LogProbabilitySemantics> ways() {
    List<LogProbabilitySemantics> ways = new ArrayList<>();
    for (Distribution distribution : Distribution.values()) {
      for (EndToken endToken : EndToken.values()) {
        for (Terms terms : Terms.values()) {
          for (boolean ids : new boolean[] {true, false}) {
            for (boolean ahead : new boolean[] {true, false}) {
              ways.add(new LogProbabilitySemantics(distribution, endToken, terms, ids, ahead, 0));
            }
          }
        }
      }
    }
    return ways;
  }
}
