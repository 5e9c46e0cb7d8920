package topdraw.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import topdraw.gateway.choose.Chosen;
import topdraw.gateway.choose.Drifts;
import topdraw.gateway.choose.Plan;
import topdraw.gateway.choose.Planning;
import topdraw.gateway.ledger.Account;
import topdraw.gateway.ledger.Admission;
import topdraw.gateway.ledger.Debit;
import topdraw.gateway.ledger.DriftAccounts;
import topdraw.gateway.ledger.DriftBudget;
import topdraw.gateway.ledger.LedgerException;
import topdraw.gateway.ledger.Offer;
import topdraw.gateway.ledger.Standing;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Method;
import topdraw.gateway.question.Options;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.Budget;
import topdraw.gateway.settings.Limits;
import topdraw.input.InputException;
import topdraw.reward.PassFail;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;

/// The ledger in a database: an answer that its budget has no room for is chosen among fewer
/// completions, or not given.
public final class AccountsLedger implements Ledger {
  private final DriftAccounts accounts;
  private final Map<String, Terms> terms = new ConcurrentHashMap<>();
  private final Consumer<String> told;
  private final Limits limits;

  /// How the answers of an alias are counted.
  ///
  /// @param drifts what an answer is entered with
  /// @param budget what may be spent
  /// @param most the most completions of one answer
  /// @param least the fewest that a budget may lower it to
  private record Terms(Drifts drifts, DriftBudget budget, int most, int least) {
    /// Every way in which the name answers, the dearest first.
    List<Offer> ladder() {
      List<Offer> ladder = new ArrayList<>();
      for (int n = most; n >= least; n--) ladder.add(Offer.of(n, drifts.most(n), 1));
      return ladder;
    }
  }

  /// A ledger.
  ///
  /// @param accounts the database; closed with this
  /// @param aliases every name that can be asked for
  /// @param limits the most that one answer may draw, where a budget says nothing of it
  /// @param confidence of the certificate
  /// @param told is told in one line of what could not be written down, and why
  /// @throws InputException if a hard budget is too small for any answer, naming the smallest
  public AccountsLedger(
      DriftAccounts accounts,
      List<Alias> aliases,
      Limits limits,
      Confidence confidence,
      Consumer<String> told) {
    this.accounts = accounts;
    this.told = told;
    this.limits = limits;
    for (Alias alias : aliases) {
      try {
        Terms held = terms(alias, limits, confidence);
        held.budget().requireUseful(held.ladder());
        terms.put(alias.name(), held);
      } catch (InputException e) {
        throw InputException.at("alias " + alias.name(), e);
      }
    }
  }

  private static Terms terms(Alias alias, Limits limits, Confidence confidence) {
    Drifts drifts = drifts(alias.options(), limits);
    int most = Math.max(2, alias.budget().map(Budget::most).orElse(limits.n()));
    double top = drifts.most(most);
    return new Terms(
        drifts,
        alias
            .budget()
            .map(budget -> budget(budget, top, confidence))
            .orElseGet(() -> DriftBudget.none(top, confidence.alpha())),
        most,
        alias.budget().map(Budget::least).orElse(1));
  }

  private static DriftBudget budget(Budget budget, double top, Confidence confidence) {
    return new DriftBudget(
        budget.each()
            ? new DriftBudget.Limit.Mean(budget.nats())
            : new DriftBudget.Limit.Total(budget.nats()),
        budget.hard() ? DriftBudget.Strictness.HARD : DriftBudget.Strictness.ADVISORY,
        budget.window(),
        top,
        confidence.alpha());
  }

  /// By how the operator has set the name up, whatever a caller asks for: one account, one way.
  private static Drifts drifts(Options options, Limits limits) {
    Method method = options.method().orElse(Method.BEST_OF_N);
    if (method == Method.BLOCKWISE) {
      int tokens = options.blockTokens().orElse(Planning.USUAL_BLOCK);
      return new Drifts(Drifts.Way.PROBABILITY, Math.ceilDiv(limits.tokens(), tokens));
    }
    boolean stops =
        method == Method.EARLY_STOP
            || method == Method.REWIND
            || options.threshold().isPresent()
            || (method == Method.BEST_OF_N && options.reward().map(PassFail::names).orElse(false));
    return new Drifts(stops ? Drifts.Way.PLACE : Drifts.Way.PROBABILITY, 1);
  }

  /// An account's bound rests on what one entry can be at most.
  private static void requireCountable(Plan plan, Terms held, Limits limits) {
    if (held.drifts().most(plan, Math.min(plan.n(), held.most())) > held.budget().top()) {
      throw ApiException.invalid(
          "topdraw.mean",
          "uncountable",
          "the drift of this name is counted for the best of at most %d; ask for a smaller mean"
              .formatted(held.most()));
    }
    plan.blockTokens()
        .ifPresent(
            tokens -> {
              if (Math.ceilDiv(limits.tokens(), tokens) > held.drifts().blocks()) {
                throw ApiException.invalid(
                    "topdraw.method",
                    "uncountable",
                    "the drift of this name is counted for "
                        + (held.drifts().blocks() == 1
                            ? "whole answers"
                            : "answers of at most %d blocks".formatted(held.drifts().blocks()))
                        + "; ask for a name that is set up to choose block by block");
              }
            });
  }

  @Override
  public Entry admit(String key, Alias alias, Plan plan, int answers) {
    Terms held = terms(alias);
    requireCountable(plan, held, limits);
    int most = Math.min(plan.n(), held.most());
    List<Offer> ladder = new ArrayList<>();
    int least = plan.canDrawFewer() ? Math.min(held.least(), most) : most;
    for (int n = most; n >= least; n--) {
      double textbook = held.drifts().blocks() * KlBounds.analytical(n);
      ladder.add(new Offer(n, held.drifts().most(plan, n), textbook, answers));
    }
    try {
      Admission admission = accounts.admit(account(key, alias), held.budget(), ladder);
      return switch (admission) {
        case Admission.Admitted(Debit debit, Offer offer, Optional<String> lowered) ->
            new Debited(debit, offer, plan(plan, offer, most, lowered), held.drifts());
        case Admission.Exhausted(double left, boolean soon, var frees, String reason) ->
            throw new ApiException(
                429, "rate_limit_error", "drift_budget_exhausted", Optional.empty(), reason);
      };
    } catch (LedgerException e) {
      throw down(e);
    }
  }

  private static Plan plan(Plan plan, Offer offer, int most, Optional<String> lowered) {
    if (offer.n() == plan.n()) return plan;
    return plan.with(
        offer.n(),
        lowered.orElse(
            "n is %d, the most that the budget of this name counts with; %d was asked for"
                .formatted(most, plan.n())));
  }

  private Terms terms(Alias alias) {
    Terms held = terms.get(alias.name());
    if (held == null) throw new IllegalArgumentException("no account of " + alias.name());
    return held;
  }

  private static Account account(String key, Alias alias) {
    return new Account(key, alias.name());
  }

  /// Where the ledger is and what ails it is for the operator, not for callers.
  private ApiException down(LedgerException e) {
    told.accept("drift cannot be counted: " + e.getMessage());
    return ApiException.failed(
        503,
        "ledger_unavailable",
        "drift cannot be counted now, so nothing is drawn; ask again in a moment");
  }

  /// Where an account stands.
  ///
  /// @param key the name of the key
  /// @param alias the name that is asked for
  /// @return the sums, the certificate, what is left
  /// @throws ApiException if the database does not answer
  public Standing standing(String key, Alias alias) {
    try {
      return accounts.standing(account(key, alias), terms(alias).budget());
    } catch (LedgerException e) {
      throw down(e);
    }
  }

  /// Where one account stands.
  ///
  /// @param key the name of the key
  /// @param alias the name that is asked for
  /// @param standing the sums, the certificate, what is left
  public record Standings(String key, String alias, Standing standing) {}

  /// Where every account stands of which the name is still there.
  ///
  /// @param aliases the names
  /// @return one for each key that has asked for a name
  /// @throws ApiException if the database does not answer
  public List<Standings> standings(List<Alias> aliases) {
    List<Standings> all = new ArrayList<>();
    for (Account account : accounts()) {
      aliases.stream()
          .filter(alias -> alias.name().equals(account.alias()))
          .findFirst()
          .ifPresent(
              alias ->
                  all.add(
                      new Standings(
                          account.key(), account.alias(), standing(account.key(), alias))));
    }
    return all;
  }

  /// The latest entries of an account.
  ///
  /// @param key the name of the key
  /// @param alias the name that is asked for
  /// @param limit how many at most
  /// @return in the order of admission
  /// @throws ApiException if the database does not answer
  public List<topdraw.gateway.ledger.Entry> entries(String key, Alias alias, int limit) {
    try {
      return accounts.entries(account(key, alias), terms(alias).budget().alpha(), limit);
    } catch (LedgerException e) {
      throw down(e);
    }
  }

  /// Every account there is.
  ///
  /// @return key and alias of each
  /// @throws ApiException if the database does not answer
  public List<Account> accounts() {
    try {
      return accounts.accounts();
    } catch (LedgerException e) {
      throw down(e);
    }
  }

  @Override
  public Optional<String> unready() {
    try {
      accounts.accounts();
      return Optional.empty();
    } catch (LedgerException e) {
      return Optional.of("drift cannot be counted");
    }
  }

  @Override
  public void close() {
    accounts.close();
  }

  private final class Debited implements Entry {
    private final Debit debit;
    private final Offer offer;
    private final Plan plan;
    private final Drifts drifts;
    private final AtomicBoolean settled = new AtomicBoolean();

    Debited(Debit debit, Offer offer, Plan plan, Drifts drifts) {
      this.debit = debit;
      this.offer = offer;
      this.plan = plan;
      this.drifts = drifts;
    }

    @Override
    public Plan plan() {
      return plan;
    }

    /// {@inheritDoc}
    ///
    /// Where that cannot be written down the answer goes out all the same: it stays counted, at the
    /// most that it can cost.
    @Override
    public List<OptionalDouble> settle(List<Chosen> chosen, boolean fresh) {
      List<Double> entered =
          chosen.stream().map(each -> fresh ? drifts.of(plan, each) : offer.most()).toList();
      enter(entered);
      return entered.stream().map(OptionalDouble::of).toList();
    }

    @Override
    public void keep() {
      enter(Collections.nCopies(offer.answers(), offer.most()));
    }

    private void enter(List<Double> nats) {
      if (settled.getAndSet(true)) return;
      try {
        accounts.settle(debit, nats);
      } catch (LedgerException e) {
        told.accept("an answer stays counted at its most: " + e.getMessage());
      }
    }

    @Override
    public void close() {
      if (settled.getAndSet(true)) return;
      try {
        accounts.refund(debit);
      } catch (LedgerException e) {
        told.accept("an answer stays counted at its most: " + e.getMessage());
      }
    }
  }
}
