package topdraw.gateway.ledger;

import java.sql.SQLException;

/// Does work in a database, each piece whole or not at all, and none of it again once it is done.
interface Transactions extends AutoCloseable {
  /// Something that is done inside a transaction. May be done again if the transaction failed.
  @FunctionalInterface
  interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /// Does a piece of work and returns when it is on the disk. An interrupt does not end it: whoever
  /// asked must know what came of it.
  ///
  /// @throws LedgerException if the database cannot do it now
  <T> T run(Work<T> work) throws LedgerException;

  @Override
  void close();
}
