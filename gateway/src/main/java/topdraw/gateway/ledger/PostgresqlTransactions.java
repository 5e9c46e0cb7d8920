package topdraw.gateway.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Some connections to a PostgreSQL server, each with a thread of its own: an interrupt that
/// reaches a request's thread would close the connection it uses.
final class PostgresqlTransactions implements Transactions {
  private static final int CONNECTIONS = 8;
  private static final int ATTEMPTS = 5;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /// Another transaction was in the way: a conflict, a deadlock, the same row made twice.
  private static final Set<String> IN_THE_WAY = Set.of("40001", "40P01", "23505");

  /// Held, as a logger that no one holds forgets its level. What goes wrong is thrown.
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  static {
    DRIVER.setLevel(Level.OFF);
  }

  private final Database.Postgresql database;
  private final HikariDataSource connections;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          CONNECTIONS, Thread.ofPlatform().name("topdraw-ledger-", 0).daemon().factory());

  private PostgresqlTransactions(Database.Postgresql database, HikariDataSource connections) {
    this.database = database;
    this.connections = connections;
  }

  /// Opens a first connection, and others when they are needed.
  ///
  /// @throws LedgerException if there is none
  static PostgresqlTransactions open(Database.Postgresql database) throws LedgerException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("topdraw-ledger");
    config.setJdbcUrl("jdbc:" + database.address());
    database.user().ifPresent(config::setUsername);
    database.password().ifPresent(config::setPassword);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setAutoCommit(false);
    config.setConnectionTimeout(CONNECT.toMillis());
    config.setInitializationFailTimeout(1); // one attempt, whose failure is told
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    // Whatever the server's settings are: a commit is on the disk, no lock is waited for without
    // end, and a gateway that stands still holds none for long.
    config.setConnectionInitSql(
        "SELECT set_config('synchronous_commit', 'on', false),"
            + " set_config('lock_timeout', '5s', false),"
            + " set_config('idle_in_transaction_session_timeout', '10s', false)");
    config.addDataSourceProperty("ApplicationName", "topdraw");
    config.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT.toSeconds()));
    config.addDataSourceProperty("socketTimeout", String.valueOf(ANSWER.toSeconds()));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    try {
      return new PostgresqlTransactions(database, new HikariDataSource(config));
    } catch (HikariPool.PoolInitializationException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw Failures.ofPostgresql(database, failed);
      }
      throw e;
    }
  }

  @Override
  public <T> T run(Work<T> work) throws LedgerException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            answer.complete(untilDone(work));
          } catch (SQLException e) {
            answer.completeExceptionally(Failures.ofPostgresql(database, e));
          } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
          }
        });
    return Waiting.forAnswer(answer);
  }

  private <T> T untilDone(Work<T> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      boolean begun = false;
      boolean committing = false;
      try (Connection connection = connections.getConnection();
          Session session = new Session(connection, Dialect.POSTGRESQL)) {
        begun = true;
        T result = work.in(session);
        committing = true;
        connection.commit();
        return result;
      } catch (SQLException e) {
        String state = Failures.state(e);
        // A commit that is not answered may have been done: it is not for us to do it again.
        boolean lost = begun && !committing && attempt == 1 && Failures.unreachable(state);
        if (attempt == ATTEMPTS || !(lost || IN_THE_WAY.contains(state))) {
          throw e;
        }
      }
    }
  }

  /// Does what was asked for and closes the connections.
  @Override
  public void close() {
    threads.close();
    connections.close();
  }
}
