package topdraw.gateway;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import topdraw.draw.Draw;
import topdraw.gateway.choose.Choosing;
import topdraw.gateway.choose.Chosen;
import topdraw.gateway.choose.Plan;
import topdraw.gateway.choose.Planning;
import topdraw.gateway.choose.RewardShelf;
import topdraw.gateway.draw.Candidate;
import topdraw.gateway.draw.Candidates;
import topdraw.gateway.draw.Upstream;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Options;
import topdraw.gateway.question.Question;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.Limits;
import topdraw.input.Alternatives;
import topdraw.input.InputException;
import topdraw.reference.Sampling;

/// Best-of-n in front of a model: a question is planned, its drift is counted before anything is
/// drawn, candidates are drawn and one is chosen. Safe for many threads.
public final class Gateway implements AutoCloseable {
  /// A number of JSON is exact to 53 bits for many who read it.
  private static final int UNHEARD_BITS = 11;

  /// Answers of one request draw from streams that lie apart.
  private static final int APART = 1 << 20;

  private final Upstream upstream;
  private final RewardShelf rewards;
  private final Planning planning;
  private final Limits limits;
  private final Map<String, Alias> aliases;
  private final Ledger ledger;
  private final Consumer<Answer> told;
  private final Semaphore room;
  private final SecureRandom random = new SecureRandom();

  /// A gateway.
  ///
  /// @param upstream where candidates come from; closed with this
  /// @param rewards what scores them; closed with this
  /// @param limits what one request may cost, and all together
  /// @param aliases the names that clients ask for
  /// @param ledger counts drift; closed with this
  /// @param told is told of each answer before it goes out
  public Gateway(
      Upstream upstream,
      RewardShelf rewards,
      Limits limits,
      List<Alias> aliases,
      Ledger ledger,
      Consumer<Answer> told) {
    this.upstream = upstream;
    this.rewards = rewards;
    this.limits = limits;
    this.ledger = ledger;
    this.told = told;
    planning = new Planning(rewards, limits);
    room = new Semaphore(limits.atOnce());
    this.aliases = new TreeMap<>();
    aliases.forEach(alias -> this.aliases.put(alias.name(), alias));
  }

  /// The names that clients can ask for.
  ///
  /// @return in alphabetical order
  public List<Alias> aliases() {
    return List.copyOf(aliases.values());
  }

  /// What answers can be chosen by.
  ///
  /// @return the rewards that a caller can name
  public RewardShelf rewards() {
    return rewards;
  }

  /// The model behind them.
  ///
  /// @return its name
  public String model() {
    return upstream.model();
  }

  /// Whether questions can be answered now.
  ///
  /// @return empty where they can, else why not, in one line
  public Optional<String> unready() {
    if (!upstream.ready()) return Optional.of("the model " + upstream.model() + " does not answer");
    return ledger.unready();
  }

  /// How many more requests are taken on now.
  ///
  /// @return from 0
  public int roomLeft() {
    return room.availablePermits();
  }

  /// What drift has been counted.
  ///
  /// @return the ledger
  public Ledger ledger() {
    return ledger;
  }

  /// Answers a question.
  ///
  /// @param run names the answer
  /// @param key the name of the key it came with
  /// @param asked what is asked
  /// @param watcher is told of each candidate, from several threads where several answers are asked
  ///   for
  /// @return the answer
  /// @throws ApiException if there is none, saying why
  /// @throws CancellationException if the thread is interrupted; all draws are given up at once
  public Answer answer(String run, String key, Question asked, Choosing.Watcher watcher) {
    Alias alias = alias(asked.model());
    Question question = upstream.accept(asked);
    Options options = question.options().or(alias.options());
    Plan plan = planning.plan(question, options);
    Sampling sampling = sampling(question);
    if (!room.tryAcquire()) {
      throw new ApiException(
          429,
          "rate_limit_error",
          "too_many_requests",
          Optional.empty(),
          "%d requests are being answered, as many as may be at once; ask again in a moment"
              .formatted(limits.atOnce()));
    }
    try {
      Optional<Long> given = question.seed().or(options::seed);
      long seed = given.orElseGet(() -> random.nextLong() >>> UNHEARD_BITS);
      try (Candidates source = upstream.ask(question, sampling, seed);
          Ledger.Entry entry = ledger.admit(key, alias, plan, question.choices())) {
        Heard heard = new Heard(watcher);
        List<Chosen> chosen;
        try {
          chosen = chosen(source, question, entry.plan(), seed, heard, deadline(options));
        } catch (RuntimeException e) {
          if (heard.anything || waited(e)) entry.keep();
          throw e;
        }
        List<OptionalDouble> entered = entry.settle(chosen, given.isEmpty());
        List<Answer.Part> parts = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
          parts.add(new Answer.Part(entry.plan(), chosen.get(i), entered.get(i)));
        }
        Answer answer = new Answer(run, question, options, seed, parts);
        told.accept(answer);
        return answer;
      }
    } finally {
      room.release();
    }
  }

  /// Drawing was cut off, and what would have come is not known.
  private static boolean waited(RuntimeException e) {
    return e instanceof CancellationException
        || (e instanceof ApiException error && error.code().equals(Choosing.LATE));
  }

  /// Notes whether anything was drawn.
  private static final class Heard implements Choosing.Watcher {
    private final Choosing.Watcher next;
    private volatile boolean anything;

    Heard(Choosing.Watcher next) {
      this.next = next;
    }

    @Override
    public void drawn(Candidate candidate, int of) {
      anything = true;
      next.drawn(candidate, of);
    }

    @Override
    public void accepted(Draw answer) {
      anything = true;
      next.accepted(answer);
    }

    @Override
    public boolean looksOn() {
      return next.looksOn();
    }
  }

  private Alias alias(String name) {
    Alias alias = aliases.get(name);
    if (alias == null) {
      throw new ApiException(
          404,
          "invalid_request_error",
          "model_not_found",
          Optional.of("model"),
          "there is no model \"%s\" here%s"
              .formatted(
                  name.replaceAll("\\p{Cntrl}", " "), Alternatives.told(name, aliases.keySet())));
    }
    return alias;
  }

  private Sampling sampling(Question question) {
    try {
      return planning.sampling(question.settings());
    } catch (InputException e) {
      throw ApiException.invalid("temperature", "invalid_value", String.valueOf(e.getMessage()));
    }
  }

  private long deadline(Options options) {
    long most = limits.deadline().toMillis();
    long asked = options.deadlineMillis().map(millis -> Math.min(most, (long) millis)).orElse(most);
    return System.nanoTime() + asked * 1_000_000;
  }

  private List<Chosen> chosen(
      Candidates source,
      Question question,
      Plan plan,
      long seed,
      Choosing.Watcher watcher,
      long deadline) {
    List<Choosing> answers = new ArrayList<>();
    for (int i = 0; i < question.choices(); i++) {
      answers.add(
          new Choosing(
              source,
              question.prompt(),
              upstream.ahead(),
              seed,
              i * APART,
              plan.reward(),
              watcher,
              deadline));
    }
    if (answers.size() == 1) return List.of(answers.getFirst().by(plan));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        List<Future<Chosen>> coming =
            answers.stream().map(one -> threads.submit(() -> one.by(plan))).toList();
        List<Chosen> chosen = new ArrayList<>();
        for (Future<Chosen> one : coming) chosen.add(one.get());
        return chosen;
      } catch (InterruptedException e) {
        throw new CancellationException("interrupted while drawing");
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Override
  public void close() {
    upstream.close();
    rewards.close();
    ledger.close();
  }
}
