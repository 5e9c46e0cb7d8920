package topdraw.gateway;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import topdraw.draw.Prompt;
import topdraw.gateway.choose.Choosing;
import topdraw.gateway.choose.Chosen;
import topdraw.gateway.choose.Drifts;
import topdraw.gateway.choose.Plan;
import topdraw.gateway.choose.Planning;
import topdraw.gateway.choose.RewardShelf;
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
  private final Upstream upstream;
  private final RewardShelf rewards;
  private final Planning planning;
  private final Limits limits;
  private final Map<String, Alias> aliases;
  private final Ledger ledger;
  private final Semaphore room;
  private final SecureRandom random = new SecureRandom();

  /// A gateway.
  ///
  /// @param upstream where candidates come from; closed with this
  /// @param rewards what scores them; closed with this
  /// @param limits what one request may cost, and all together
  /// @param aliases the names that clients ask for
  /// @param ledger counts drift; closed with this
  public Gateway(
      Upstream upstream,
      RewardShelf rewards,
      Limits limits,
      List<Alias> aliases,
      Ledger ledger) {
    this.upstream = upstream;
    this.rewards = rewards;
    this.limits = limits;
    this.ledger = ledger;
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
  /// @param key the name of the key it came with
  /// @param question what is asked
  /// @param watcher is told of each candidate, from several threads where several answers are asked
  ///   for
  /// @return the answer
  /// @throws ApiException if there is none, saying why
  /// @throws CancellationException if the thread is interrupted; all draws are given up at once
  public Answer answer(String key, Question question, Choosing.Watcher watcher) {
    Alias alias = alias(question.model());
    Options options = question.options().or(alias.options());
    Plan plan = planning.plan(question, options);
    upstream.require(question);
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
      long deadline = deadline(options);
      long seed = question.seed().orElseGet(random::nextLong);
      List<Ledger.Entry> entries = new ArrayList<>();
      List<Answer.Part> parts = new ArrayList<>();
      boolean whole = false;
      try (Candidates source = upstream.ask(question, sampling, seed)) {
        for (int i = 0; i < question.choices(); i++) entries.add(ledger.admit(key, alias, plan));
        parts.addAll(parts(source, question.prompt(), entries, seed, watcher, deadline));
        whole = true;
      } finally {
        // What nobody gets to see has not drifted.
        if (!whole) entries.forEach(Ledger.Entry::refund);
      }
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).entry().ifPresent(entries.get(i)::settle);
      }
      return new Answer(
          UUID.randomUUID().toString().replace("-", ""), question, options, seed, parts);
    } finally {
      room.release();
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
    long asked = Math.min(most, options.deadlineMillis().orElse((int) Math.min(most, 3_600_000)));
    return System.nanoTime() + asked * 1_000_000;
  }

  private List<Answer.Part> parts(
      Candidates source,
      Prompt prompt,
      List<Ledger.Entry> entries,
      long seed,
      Choosing.Watcher watcher,
      long deadline) {
    if (entries.size() == 1) {
      return List.of(part(source, prompt, entries, 0, seed, watcher, deadline));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        List<Future<Answer.Part>> coming = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
          int which = i;
          coming.add(
              threads.submit(
                  () -> part(source, prompt, entries, which, seed, watcher, deadline)));
        }
        List<Answer.Part> parts = new ArrayList<>();
        for (Future<Answer.Part> one : coming) parts.add(one.get());
        return parts;
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

  /// Answers of one request draw from streams that lie apart.
  private Answer.Part part(
      Candidates source,
      Prompt prompt,
      List<Ledger.Entry> entries,
      int which,
      long seed,
      Choosing.Watcher watcher,
      long deadline) {
    Plan plan = entries.get(which).plan();
    Chosen chosen =
        new Choosing(
                source,
                prompt,
                upstream.ahead(),
                seed,
                which * (1 << 20),
                plan.reward(),
                watcher,
                deadline)
            .by(plan.selection());
    OptionalDouble entry =
        entries.get(which).counted()
            ? OptionalDouble.of(Drifts.of(plan, chosen))
            : OptionalDouble.empty();
    return new Answer.Part(plan, chosen, entry);
  }

  @Override
  public void close() {
    upstream.close();
    rewards.close();
    ledger.close();
  }
}
