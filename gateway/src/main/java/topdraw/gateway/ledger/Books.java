package topdraw.gateway.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import topdraw.gateway.ledger.DriftBudget.Limit;
import topdraw.gateway.ledger.DriftBudget.Strictness;
import topdraw.theory.confidence.DriftLedger;
import topdraw.words.Digits;
import topdraw.words.Percent;

/// What an account has spent in a window, and whether its budget lets more through. There is one
/// ledger, and one more for each time that the most an answer can cost was raised meanwhile: they
/// share the chance of failing, and their certificates add up.
///
/// @param budget what may be spent
/// @param ledgers the ledgers, the one that is written last
record Books(DriftBudget budget, List<Book> ledgers) {
  /// One ledger.
  ///
  /// @param number its number in the account
  /// @param known the answers that were settled and could drift
  /// @param entries how many entries were ever admitted
  /// @param answers how many were settled, those that could not drift among them
  /// @param textbook the sum of the textbook formula over these, in nats
  /// @param open what is not settled
  record Book(
      long number,
      DriftLedger known,
      long entries,
      long answers,
      double textbook,
      List<InFlight> open) {
    static Book empty(long number, double top, double alpha) {
      return new Book(number, DriftLedger.empty(top, alpha), 0, 0, 0, List.of());
    }
  }

  /// One answer that is not settled.
  ///
  /// @param most the most that it can cost, in nats
  /// @param foretold what its ledger foretold, in nats
  /// @param textbook what the textbook formula says of it, in nats
  /// @param orphan whether an earlier process of this gateway left it
  record InFlight(double most, double foretold, double textbook, boolean orphan) {}

  Books {
    ledgers = List.copyOf(ledgers);
  }

  /// The books with a ledger that can take whatever the budget may let through.
  Books ready(long nextNumber) {
    if (!ledgers.isEmpty() && ledgers.getLast().known.top() >= budget.top()) {
      return this;
    }
    List<Book> more = new ArrayList<>(ledgers);
    more.add(Book.empty(nextNumber, budget.top(), budget.alpha()));
    return new Books(budget, more);
  }

  Book current() {
    return ledgers.getLast();
  }

  /// An answer that has been admitted to the last ledger.
  InFlight admitted(Offer offer) {
    return new InFlight(offer.most(), current().known.foretold(), offer.textbook(), false);
  }

  private Books with(Offer offer) {
    List<InFlight> open = new ArrayList<>(current().open);
    open.addAll(Collections.nCopies(offer.answers(), admitted(offer)));
    Book last = current();
    return replacingLast(
        new Book(last.number, last.known, last.entries, last.answers, last.textbook, open));
  }

  private Books replacingLast(Book book) {
    List<Book> changed = new ArrayList<>(ledgers.subList(0, ledgers.size() - 1));
    changed.add(book);
    return new Books(budget, changed);
  }

  /// The books if every answer in flight that may still end came to nothing.
  private Books withoutFlights() {
    return new Books(
        budget,
        ledgers.stream()
            .map(
                book ->
                    new Book(
                        book.number,
                        book.known,
                        book.entries,
                        book.answers,
                        book.textbook,
                        book.open.stream().filter(InFlight::orphan).toList()))
            .toList());
  }

  long answers() {
    return ledgers.stream().mapToLong(Book::answers).sum();
  }

  long open() {
    return ledgers.stream().mapToLong(book -> book.open.size()).sum();
  }

  long orphans() {
    return ledgers.stream().flatMap(book -> book.open.stream()).filter(InFlight::orphan).count();
  }

  double estimate() {
    return ledgers.stream().mapToDouble(book -> book.known.sum()).sum();
  }

  double textbook() {
    return ledgers.stream()
        .mapToDouble(
            book -> book.textbook + book.open.stream().mapToDouble(InFlight::textbook).sum())
        .sum();
  }

  /// The certificate, open answers at their worst; one that cannot drift is no entry.
  double certificate() {
    return ledgers.stream().mapToDouble(this::certificate).sum();
  }

  private double certificate(Book book) {
    List<DriftLedger.Open> open =
        book.open.stream()
            .filter(one -> one.most > 0)
            .map(one -> new DriftLedger.Open(one.foretold, one.most))
            .toList();
    DriftLedger known = book.known;
    double alpha = budget.alpha() / ledgers.size();
    return known.requests() == 0 && open.isEmpty()
        ? 0 // nothing was given, so nothing drifted
        : new DriftLedger(known.top(), alpha, known.requests(), known.sum(), known.variation())
            .upper(open);
  }

  /// What is held against the limit, in nats.
  double spent() {
    return switch (budget.strictness()) {
      case HARD -> certificate();
      case ADVISORY ->
          estimate()
              + ledgers.stream()
                  .flatMap(book -> book.open.stream())
                  .mapToDouble(InFlight::most)
                  .sum();
    };
  }

  /// What may be spent when so many more answers have been given, in nats. Under a hard mean an
  /// answer in flight allows nothing to others: it may yet be taken back.
  private double limit(long more) {
    return switch (budget.limit()) {
      case Limit.None() -> Double.POSITIVE_INFINITY;
      case Limit.Total(double nats) -> nats;
      case Limit.Mean(double nats) ->
          nats * (answers() + more + (budget.strictness() == Strictness.ADVISORY ? open() : 0));
    };
  }

  double left() {
    return limit(0) - spent();
  }

  /// Whether the budget lets an offer through: what costs nothing always.
  boolean admit(Offer offer) {
    return offer.free() || with(offer).spent() <= limit(offer.answers());
  }

  /// Whether it would if answers in flight ended well.
  boolean wouldAdmitSoon(Offer offer) {
    return withoutFlights().admit(offer);
  }

  /// What is held against the limit, in words.
  String state() {
    String held =
        switch (budget.strictness()) {
          case HARD ->
              "certified at "
                  + Percent.of(1 - budget.alpha())
                  + ", answers in flight at their worst";
          case ADVISORY -> "estimated, answers in flight at their most";
        };
    String of =
        switch (budget.limit()) {
          case Limit.None() -> "no budget";
          case Limit.Total(double nats) -> "a budget of " + Digits.near(nats);
          case Limit.Mean(double nats) ->
              "a budget of " + Digits.near(nats) + " an answer, over " + answers() + " answers,";
        };
    return "%s nats of %s are spent (%s)".formatted(Digits.up(spent()), of, held);
  }
}
