package topdraw.gateway.ledger;

/// Where the two databases want other words. SQLite has one writer at a time, who locks the file
/// when a transaction begins; PostgreSQL locks rows.
enum Dialect {
  SQLITE("", "SELECT 1"),
  // The number is ours alone: "topdraw" in a telephone's letters.
  POSTGRESQL(" FOR UPDATE", "SELECT pg_advisory_xact_lock(8673729)");

  private final String forUpdate;
  private final String schemaLock;

  Dialect(String forUpdate, String schemaLock) {
    this.forUpdate = forUpdate;
    this.schemaLock = schemaLock;
  }

  /// Ends a query whose rows no one else may change before the transaction ends.
  String forUpdate() {
    return forUpdate;
  }

  /// Waits for whoever makes tables at the same time.
  String schemaLock() {
    return schemaLock;
  }
}
