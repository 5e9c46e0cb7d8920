package topdraw.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import topdraw.bench.MethodStudy.Rejecting;
import topdraw.bench.MethodStudy.Stop;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Tokens;
import topdraw.recordings.prompts.RunPrompt;
import topdraw.recordings.run.QuickstartRun;
import topdraw.reference.Beginnings;
import topdraw.reference.BlockPolicy;
import topdraw.reference.Capabilities;
import topdraw.reference.PausingPolicy;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Request;
import topdraw.reward.Reward;
import topdraw.selection.Blockwise;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.PrefixRejection;
import topdraw.selection.RejectionRound;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.finding.Interval;
import topdraw.theory.law.Selection;

/// The methods on the real model: questions whose answers can be checked, recorded with scores of
/// their beginnings, then answered by each method in turn, against the clock.
final class LiveMethods {
  /// Where beginnings are scored, in tokens.
  static final List<Integer> CHECKPOINTS = List.of(4, 8, 16, 24);

  /// Draws that early stop makes at once: a wide step costs little more than a narrow one, so one
  /// at a time would save tokens and lose time.
  static final int AT_ONCE = 4;

  /// Tokens of a block.
  static final int BLOCK = 16;

  private static final List<Integer> BLOCKWISE = List.of(2, 4, 8);
  private static final double MISSING_BY_CHANCE = 0.025;

  private final QuickstartRun questions;
  private final int maxTokens;
  private final Reward correct;

  /// @param maxTokens the most tokens of an answer
  LiveMethods(QuickstartRun questions, int maxTokens) {
    this.questions = questions;
    this.maxTokens = maxTokens;
    correct = questions.rewards().getFirst();
  }

  /// The questions.
  List<Prompt> prompts() {
    return questions.prompts().stream().map(RunPrompt::prompt).toList();
  }

  /// Draws answers to every question, and scores their beginnings.
  ///
  /// @param policy that answers
  /// @param draws of each question
  /// @param done is told of each question
  MethodPools recorded(PausingPolicy policy, int draws, Consumer<Prompt> done) {
    List<ScoredBeginnings> pools = new ArrayList<>();
    for (Prompt prompt : prompts()) {
      SortedMap<Integer, double[]> beginnings = new TreeMap<>();
      try (Beginnings texts = policy.beginnings(prompt, draws)) {
        for (int checkpoint : CHECKPOINTS) {
          if (checkpoint < maxTokens) {
            beginnings.put(checkpoint, ranks(prompt, texts.drawTo(checkpoint, (_, _) -> {})));
          }
        }
        List<Draw> whole = texts.drawTo(maxTokens, (_, _) -> {});
        pools.add(
            new ScoredBeginnings(
                ranks(prompt, whole),
                whole.stream().mapToInt(LiveMethods::length).toArray(),
                beginnings));
      }
      done.accept(prompt);
    }
    Provenance provenance = policy.provenance();
    return new MethodPools(
        "model",
        provenance.model() + ", " + provenance.sampling().words(),
        true,
        OptionalDouble.of(1),
        pools);
  }

  private double[] ranks(Prompt prompt, List<Draw> draws) {
    return Selector.scored(List.of(correct), PromptDraws.of(prompt, draws)).stream()
        .mapToDouble(draw -> draw.score().rank())
        .toArray();
  }

  private static int length(Draw draw) {
    return ((Tokens.Ids) draw.tokens()).size();
  }

  /// A method as it is run.
  @FunctionalInterface
  private interface Answering {
    /// An answer to a question, and the tokens drawn for it.
    Answered answer(ReferencePolicy policy, Prompt prompt);
  }

  /// An answer.
  ///
  /// @param right whether it is
  /// @param tokens drawn for it
  private record Answered(boolean right, long tokens) {
    static Answered of(Draw answer, long tokens) {
      return new Answered(answer.score().rank() == 1, tokens);
    }
  }

  /// One method in all rounds.
  ///
  /// @param method which method
  /// @param setting its numbers
  /// @param klAtMost what is proven of its drift, in nats
  /// @param seconds wall time of each round
  /// @param tokens drawn, over all rounds
  /// @param right how many answers were
  /// @param answers of how many
  record Timed(
      String method,
      String setting,
      double klAtMost,
      List<Double> seconds,
      long tokens,
      int right,
      int answers) {
    /// Where the chance of a right answer lies, at 95 %, over questions and rounds (Clopper and
    /// Pearson); an *estimate*, as questions differ.
    Interval limits() {
      return new Interval(
          ReferenceIntervals.clopperPearsonLower(right, answers, MISSING_BY_CHANCE),
          ReferenceIntervals.clopperPearsonUpper(right, answers, MISSING_BY_CHANCE));
    }

    double rate() {
      return (double) right / answers;
    }

    double secondsAnAnswer() {
      return seconds.stream().mapToDouble(s -> s).sum() / answers;
    }

    double tokensAnAnswer() {
      return (double) tokens / answers;
    }

    /// Seconds of each round over those of another method in the same round.
    double[] ratios(Timed other) {
      double[] ratios = new double[seconds.size()];
      for (int r = 0; r < ratios.length; r++) {
        ratios[r] = seconds.get(r) / other.seconds.get(r);
      }
      return ratios;
    }

    private Timed and(double more, Answered answered, boolean newRound) {
      List<Double> times = new ArrayList<>(seconds);
      if (newRound) {
        times.add(more);
      } else {
        times.set(times.size() - 1, times.getLast() + more);
      }
      return new Timed(
          method,
          setting,
          klAtMost,
          times,
          tokens + answered.tokens(),
          right + (answered.right() ? 1 : 0),
          answers + 1);
    }
  }

  /// The methods in the order of their turns, nothing run yet.
  private Map<Timed, Answering> methods(Stop early, Optional<Stop> planned, Rejecting rejecting) {
    Map<Timed, Answering> methods = new LinkedHashMap<>();
    methods.put(
        unrun("best-of-n", "n = " + MethodStudy.N, MethodStudy.N, 1),
        (policy, prompt) -> plain(policy, prompt, new Selection.BestOfN(MethodStudy.N)));
    methods.put(unrun("early stop", early), stopping(early));
    planned.ifPresent(stop -> methods.put(unrun(MethodStudy.PLANNED, stop), stopping(stop)));
    methods.put(
        unrun("prefix-scored rejection", rejecting.words(), rejecting.n(), 1),
        (policy, prompt) -> {
          RejectionRound round =
              new PrefixRejection(rejecting.n(), rejecting.rule(), List.of(correct))
                  .select((PausingPolicy) policy, prompt, (_, _) -> {});
          return Answered.of(round.winner(), round.tokensDrawn());
        });
    for (int n : BLOCKWISE) {
      methods.put(
          unrun(
              "blockwise",
              "n = %d, blocks of %d".formatted(n, BLOCK),
              n,
              Math.ceilDiv(maxTokens, BLOCK)),
          (policy, prompt) -> {
            BlockwiseRound round =
                new Blockwise(n, BLOCK, List.of(correct))
                    .select((BlockPolicy) policy, prompt, (_, _) -> {});
            return Answered.of(round.answer(), round.tokensDrawn());
          });
    }
    return methods;
  }

  private static String atOnce() {
    return ", %d at once".formatted(AT_ONCE);
  }

  private Answering stopping(Stop stop) {
    int cap = MethodStudy.cap(stop.setting());
    return (policy, prompt) ->
        plain(new Narrow(policy, AT_ONCE), prompt, new Selection.EarlyStop(cap, 1));
  }

  private Answered plain(ReferencePolicy policy, Prompt prompt, Selection selection) {
    Round round = new Selector(policy, List.of(correct)).select(selection, prompt);
    return Answered.of(round.winner(), round.tokensDrawn().orElseThrow());
  }

  /// @param choices how many times one of `n` is chosen; their drifts add up (Theorem B.1)
  private static Timed unrun(String method, String setting, int n, int choices) {
    return new Timed(method, setting, choices * KlBounds.analytical(n), List.of(), 0, 0, 0);
  }

  private static Timed unrun(String method, Stop stop) {
    return unrun(method, stop.words() + atOnce(), MethodStudy.cap(stop.setting()), 1);
  }

  /// Rounds of all methods, in turns question by question.
  ///
  /// @param policies opens the model for a round, with a seed of its own
  /// @param rounds how many
  /// @param early early stop as a person would set it
  /// @param planned early stop as planned
  /// @param rejecting rejection as chosen
  /// @param done is told of each round
  <E extends Exception> List<Timed> timed(
      Policies<E> policies,
      int rounds,
      Stop early,
      Optional<Stop> planned,
      Rejecting rejecting,
      Consumer<Integer> done)
      throws E {
    Map<Timed, Answering> methods = methods(early, planned, rejecting);
    List<Answering> answering = List.copyOf(methods.values());
    List<Timed> timed = new ArrayList<>(methods.keySet());
    for (int round = 1; round <= rounds; round++) {
      try (ReferencePolicy policy = policies.open(round)) {
        answering.getFirst().answer(policy, prompts().getFirst()); // to warm up
        boolean first = true;
        for (Prompt prompt : prompts()) {
          for (int m = 0; m < answering.size(); m++) {
            long started = System.nanoTime();
            Answered answered = answering.get(m).answer(policy, prompt);
            double seconds = (System.nanoTime() - started) / 1e9;
            timed.set(m, timed.get(m).and(seconds, answered, first));
          }
          first = false;
        }
      }
      done.accept(round);
    }
    return timed;
  }

  /// Opens the model.
  @FunctionalInterface
  interface Policies<E extends Exception> {
    ReferencePolicy open(int round) throws E;
  }

  /// A policy of which few completions are asked at once.
  private record Narrow(ReferencePolicy inner, int width) implements ReferencePolicy {
    @Override
    public void drawAll(Iterator<Request> requests, Answers answers) {
      inner.drawAll(requests, answers);
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(
          inner.capabilities().deterministic(), inner.capabilities().logProbabilities(), width);
    }

    @Override
    public Provenance provenance() {
      return inner.provenance();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
