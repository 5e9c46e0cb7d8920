package topdraw.gateway.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import topdraw.gateway.ledger.Books.Book;
import topdraw.gateway.ledger.Books.InFlight;
import topdraw.input.InputException;
import topdraw.theory.confidence.DriftLedger;

/// What drift every account has spent and may spend. An answer is debited before it is drawn, at
/// the most that it can cost, and settled at what it came to; a request that drew nothing is
/// refunded. Each of these is on the disk when the call returns, whatever ends the process next.
///
/// Gateways that share a database share the accounts: requests of one account are admitted one
/// after the other, each in view of all before it.
///
/// An answer whose gateway dies stays open for ever, at its worst: it may have been given.
public final class DriftAccounts implements AutoCloseable {
  private final Transactions transactions;
  private final InstantSource clock;
  private final long instance;
  private final String name;

  private DriftAccounts(
      Transactions transactions, InstantSource clock, long instance, String name) {
    this.transactions = transactions;
    this.clock = clock;
    this.instance = instance;
    this.name = name;
  }

  /// Opens the accounts of a database, which may be a new one.
  ///
  /// @param database where they are kept
  /// @param instance the name of this gateway among those that share the database, the same each
  ///   time it is started: it knows by it what it left open when it died
  /// @param clock the time, in which windows begin
  /// @return the accounts
  /// @throws InputException if the place cannot be used, or a newer program has made it
  /// @throws LedgerException if it cannot be used now
  public static DriftAccounts open(Database database, String instance, InstantSource clock)
      throws LedgerException {
    try {
      return of(transactions(database), database, instance, clock);
    } catch (LedgerException e) {
      Optional<InputException> mendable = Failures.mendable(database, e);
      if (mendable.isPresent()) {
        throw mendable.get();
      }
      throw e;
    }
  }

  private static Transactions transactions(Database database) throws LedgerException {
    return switch (database) {
      case Database.Sqlite sqlite -> SqliteTransactions.open(sqlite);
      case Database.Postgresql postgresql -> PostgresqlTransactions.open(postgresql);
    };
  }

  private static DriftAccounts of(
      Transactions transactions, Database database, String instance, InstantSource clock)
      throws LedgerException {
    try {
      long id =
          transactions.run(
              session -> {
                Schema.prepare(session, database.toString());
                return begin(session, instance, clock.instant());
              });
      return new DriftAccounts(transactions, clock, id, instance);
    } catch (LedgerException | RuntimeException e) {
      transactions.close();
      throw e;
    }
  }

  private static long begin(Session session, String instance, Instant now) throws SQLException {
    lockNumbers(session);
    long id = next(session, "SELECT MAX(id) FROM topdraw_instance");
    session.update(
        "INSERT INTO topdraw_instance VALUES (?, ?, ?)", id, instance, now.toEpochMilli());
    return id;
  }

  /// Waits for whoever gives out a number at the same time.
  private static void lockNumbers(Session session) throws SQLException {
    session.all(
        _ -> 0,
        "SELECT value FROM topdraw_meta WHERE name = 'schema'" + session.dialect().forUpdate());
  }

  private static long next(Session session, String sql, Object... values) throws SQLException {
    return session.one(row -> row.getLong(1), sql, values).orElse(0L) + 1; // 0 where it is null
  }

  /// Debits a request, in the first way of answering it that the budget lets through.
  ///
  /// @param account who asks
  /// @param budget what the account may spend
  /// @param ladder the ways to answer, the dearest first, each costing at most `budget.top()` an
  ///   answer
  /// @return the debit and the way, or why there is none
  /// @throws LedgerException if nothing could be written down: then nothing may be drawn
  public Admission admit(Account account, DriftBudget budget, List<Offer> ladder)
      throws LedgerException {
    for (Offer offer : ladder) {
      if (offer.most() > budget.top()) {
        throw new IllegalArgumentException(
            offer + " costs more than the most of the budget, " + budget.top() + " nats");
      }
    }
    return transactions.run(session -> admit(session, account, budget, ladder));
  }

  private Admission admit(Session session, Account account, DriftBudget budget, List<Offer> ladder)
      throws SQLException {
    long id = lock(session, account);
    Instant now = clock.instant();
    Window window = Window.of(budget.window(), now);
    Books stored = books(session, id, budget, window);
    Books books =
        stored.ready(next(session, "SELECT MAX(number) FROM topdraw_ledger WHERE account = ?", id));
    for (Offer offer : ladder) {
      if (books.admit(offer)) {
        if (books.ledgers().size() > stored.ledgers().size()) {
          insert(session, id, books.current(), window);
        }
        Optional<String> lowered =
            offer.equals(ladder.getFirst())
                ? Optional.empty()
                : Optional.of(
                    "n = %d in place of %d: %s"
                        .formatted(offer.n(), ladder.getFirst().n(), books.state()));
        return new Admission.Admitted(debit(session, id, books, offer, now), offer, lowered);
      }
    }
    return exhausted(account, books, ladder.getLast(), window);
  }

  private static Admission exhausted(Account account, Books books, Offer least, Window window) {
    boolean soon = books.wouldAdmitSoon(least);
    String when =
        window.ends().map(end -> "; the next window begins at " + end).orElse("")
            + (soon
                ? "; ask again by hand when requests in flight have ended: they may make room"
                : "");
    return new Admission.Exhausted(
        books.left(),
        soon,
        window.ends(),
        "the drift budget of %s does not let n = %d through: %s%s"
            .formatted(account, least.n(), books.state(), when));
  }

  private Debit debit(Session session, long account, Books books, Offer offer, Instant now)
      throws SQLException {
    Book book = books.current();
    for (int i = 0; i < offer.answers(); i++) {
      session.update(
          "INSERT INTO topdraw_entry"
              + " (account, ledger, number, n, most, textbook, known, foretold, instance, admitted)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          account,
          book.number(),
          book.entries() + 1 + i,
          (long) offer.n(),
          offer.most(),
          offer.textbook(),
          book.known().requests(),
          book.known().foretold(),
          instance,
          now.toEpochMilli());
    }
    session.update(
        "UPDATE topdraw_ledger SET entries = ? WHERE account = ? AND number = ?",
        book.entries() + offer.answers(),
        account,
        book.number());
    return new Debit(account, book.number(), book.entries() + 1, offer.answers());
  }

  /// The number of an account that nobody else may change before the transaction ends.
  private static long lock(Session session, Account account) throws SQLException {
    Optional<Long> known = find(session, account);
    if (known.isPresent()) {
      return known.get();
    }
    lockNumbers(session);
    session.update(
        "INSERT INTO topdraw_account VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        next(session, "SELECT MAX(id) FROM topdraw_account"),
        account.key(),
        account.alias());
    return find(session, account).orElseThrow();
  }

  private static Optional<Long> find(Session session, Account account) throws SQLException {
    return session.one(
        row -> row.getLong(1),
        "SELECT id FROM topdraw_account WHERE key_name = ? AND alias = ?"
            + session.dialect().forUpdate(),
        account.key(),
        account.alias());
  }

  private static void lock(Session session, long account) throws SQLException {
    session.all(
        _ -> 0,
        "SELECT id FROM topdraw_account WHERE id = ?" + session.dialect().forUpdate(),
        account);
  }

  private static void insert(Session session, long account, Book book, Window window)
      throws SQLException {
    session.update(
        "INSERT INTO topdraw_ledger VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0)",
        account,
        book.number(),
        window.start(),
        window.length(),
        book.known().top());
  }

  private static final String LEDGER =
      "SELECT number, top, requests, total, variation, entries, answers, textbook"
          + " FROM topdraw_ledger WHERE account = ?";

  private Books books(Session session, long account, DriftBudget budget, Window window)
      throws SQLException {
    List<Book> found = new ArrayList<>();
    for (Book book :
        session.all(
            row -> book(row, budget.alpha()),
            LEDGER + " AND window_start = ? AND window_length = ? ORDER BY number",
            account,
            window.start(),
            window.length())) {
      found.add(
          new Book(
              book.number(),
              book.known(),
              book.entries(),
              book.answers(),
              book.textbook(),
              open(session, account, book.number())));
    }
    return new Books(budget, found);
  }

  private static Book book(ResultSet row, double alpha) throws SQLException {
    return new Book(
        row.getLong(1),
        new DriftLedger(
            row.getDouble(2), alpha, row.getLong(3), row.getDouble(4), row.getDouble(5)),
        row.getLong(6),
        row.getLong(7),
        row.getDouble(8),
        List.of());
  }

  private List<InFlight> open(Session session, long account, long ledger) throws SQLException {
    return session.all(
        row ->
            new InFlight(
                row.getDouble(1),
                row.getDouble(2),
                row.getDouble(3),
                row.getString(4).equals(name) && row.getLong(5) != instance),
        "SELECT most, foretold, textbook, i.name, i.id"
            + " FROM topdraw_entry e JOIN topdraw_instance i ON i.id = e.instance"
            + " WHERE account = ? AND ledger = ? AND drift IS NULL ORDER BY number",
        account,
        ledger);
  }

  /// Says what the answers of a debit came to. Whoever says it again changes nothing.
  ///
  /// @param debit what was admitted
  /// @param drifts the estimate of each answer's drift in nats, at most the most it was admitted
  ///   with; as many as there are answers
  /// @throws IllegalArgumentException if one is out of range
  /// @throws LedgerException if it could not be written down: then the answers count at their worst
  ///   until it is
  public void settle(Debit debit, List<Double> drifts) throws LedgerException {
    if (drifts.size() != debit.answers()) {
      throw new IllegalArgumentException(
          debit.answers() + " answers were admitted, and " + drifts.size() + " have a drift");
    }
    transactions.run(
        session -> {
          lock(session, debit.account());
          for (int i = 0; i < drifts.size(); i++) {
            settle(session, debit, debit.first() + i, drifts.get(i));
          }
          return true;
        });
  }

  private void settle(Session session, Debit debit, long number, double drift) throws SQLException {
    Optional<InFlight> entry =
        session.one(
            row -> new InFlight(row.getDouble(1), row.getDouble(2), row.getDouble(3), false),
            "SELECT most, foretold, textbook FROM topdraw_entry"
                + " WHERE account = ? AND ledger = ? AND number = ? AND drift IS NULL",
            debit.account(),
            debit.ledger(),
            number);
    if (entry.isEmpty()) {
      return; // settled before, or refunded
    }
    InFlight open = entry.get();
    if (!(drift >= 0 && drift <= open.most() * (1 + 1e-12))) {
      throw new IllegalArgumentException(
          "the drift of this answer is in [0, " + open.most() + "] nats, was " + drift);
    }
    double counted = Math.min(drift, open.most());
    Book book =
        session
            .one(row -> book(row, 0.5), LEDGER + " AND number = ?", debit.account(), debit.ledger())
            .orElseThrow();
    DriftLedger known =
        open.most() == 0 ? book.known() : book.known().plus(counted, open.foretold());
    long answers = book.answers() + 1;
    double textbook = book.textbook() + open.textbook();
    session.update(
        "UPDATE topdraw_entry SET drift = ?, settled = ?, answers = ?, requests = ?, total = ?,"
            + " variation = ?, textbook_total = ? WHERE account = ? AND ledger = ? AND number = ?",
        counted,
        clock.millis(),
        answers,
        known.requests(),
        known.sum(),
        known.variation(),
        textbook,
        debit.account(),
        debit.ledger(),
        number);
    session.update(
        "UPDATE topdraw_ledger SET answers = ?, requests = ?, total = ?, variation = ?,"
            + " textbook = ? WHERE account = ? AND number = ?",
        answers,
        known.requests(),
        known.sum(),
        known.variation(),
        textbook,
        debit.account(),
        debit.ledger());
  }

  /// Takes a debit back: nothing was drawn for it, so it never was. Only then: what was drawn and
  /// thrown away has been chosen from. Whoever says it again changes nothing.
  ///
  /// @param debit what was admitted
  /// @throws LedgerException if it could not be written down: then it counts at its worst until it
  ///   is
  public void refund(Debit debit) throws LedgerException {
    transactions.run(
        session -> {
          lock(session, debit.account());
          return session.update(
              "DELETE FROM topdraw_entry WHERE account = ? AND ledger = ?"
                  + " AND number >= ? AND number < ? AND drift IS NULL",
              debit.account(),
              debit.ledger(),
              debit.first(),
              debit.first() + debit.answers());
        });
  }

  /// Where an account stands now.
  ///
  /// @param account whose
  /// @param budget what it may spend
  /// @return the standing; of an account that nobody has asked for, that of an empty one
  /// @throws LedgerException if it cannot be read
  public Standing standing(Account account, DriftBudget budget) throws LedgerException {
    return transactions.run(
        session -> {
          Window window = Window.of(budget.window(), clock.instant());
          Optional<Long> id = find(session, account);
          Books books =
              (id.isPresent()
                      ? books(session, id.get(), budget, window)
                      : new Books(budget, List.of()))
                  .ready(1);
          return new Standing(
              books.answers(),
              books.open(),
              books.orphans(),
              books.estimate(),
              books.certificate(),
              1 - budget.alpha(),
              books.textbook(),
              books.left(),
              window.began(),
              window.ends());
        });
  }

  /// The last entries of an account.
  ///
  /// @param account whose
  /// @param alpha the chance that its certificate ever fails, in `(0, 1)`
  /// @param limit how many at most
  /// @return the entries, the last admitted first, of all its windows
  /// @throws LedgerException if they cannot be read
  public List<Entry> entries(Account account, double alpha, int limit) throws LedgerException {
    return transactions.run(
        session ->
            session.all(
                row -> entry(row, alpha),
                "SELECT e.ledger, e.number, e.n, e.most, e.textbook, e.foretold, i.name,"
                    + " e.admitted, e.drift, e.settled, e.requests, e.total, e.variation,"
                    + " e.textbook_total, l.top, e.known FROM topdraw_account a JOIN topdraw_entry"
                    + " e ON e.account = a.id JOIN topdraw_ledger l ON l.account = e.account AND"
                    + " l.number = e.ledger JOIN topdraw_instance i ON i.id = e.instance WHERE"
                    + " a.key_name = ? AND a.alias = ? ORDER BY e.ledger DESC, e.number DESC LIMIT"
                    + " ?",
                account.key(),
                account.alias(),
                (long) limit));
  }

  private static Entry entry(ResultSet row, double alpha) throws SQLException {
    double drift = row.getDouble(9);
    Optional<Entry.Settlement> settlement =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(
                new Entry.Settlement(
                    drift,
                    Instant.ofEpochMilli(row.getLong(10)),
                    new DriftLedger(
                        row.getDouble(15),
                        alpha,
                        row.getLong(11),
                        row.getDouble(12),
                        row.getDouble(13)),
                    row.getDouble(14)));
    return new Entry(
        row.getLong(1),
        row.getLong(2),
        row.getInt(3),
        row.getDouble(4),
        row.getDouble(5),
        row.getLong(16),
        row.getDouble(6),
        row.getString(7),
        Instant.ofEpochMilli(row.getLong(8)),
        settlement);
  }

  /// Every account that was ever asked for.
  ///
  /// @return the accounts, by their names
  /// @throws LedgerException if they cannot be read
  public List<Account> accounts() throws LedgerException {
    return transactions.run(
        session ->
            session.all(
                row -> new Account(row.getString(1), row.getString(2)),
                "SELECT key_name, alias FROM topdraw_account ORDER BY key_name, alias"));
  }

  /// Does what was asked for, and lets go of the database.
  @Override
  public void close() {
    transactions.close();
  }
}
