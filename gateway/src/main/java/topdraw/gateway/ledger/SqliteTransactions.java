package topdraw.gateway.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// One connection to one file, and one thread that writes. What has come while it wrote goes to the
/// disk together: one transaction, each piece of work in it whole or not at all, and nobody is told
/// before all of it is there. Other processes may write to the file too, one transaction after the
/// other.
final class SqliteTransactions implements Transactions {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final int TOGETHER = 64;

  /// A piece of work, and who waits for it.
  private static final class Job<T> {
    private final Work<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Runnable telling;

    Job(Work<T> work) {
      this.work = work;
    }

    /// Does it; what came of it is told later.
    void doIn(Session session) throws SQLException {
      T result = work.in(session);
      telling = () -> answer.complete(result);
    }

    void refuse(RuntimeException refused) {
      telling = () -> answer.completeExceptionally(refused);
    }

    void tell() {
      if (telling != null) {
        telling.run();
      }
    }

    void fail(Throwable failed) {
      answer.completeExceptionally(failed);
    }
  }

  /// Put after all others when the file is closed.
  private static final Job<Boolean> LAST = new Job<>(_ -> true);

  private final Database.Sqlite database;
  private final Connection connection;
  private final Session session;
  private final Turnstile turnstile;

  /// Which file was opened, where the system can tell: one that was deleted or put in its place
  /// meanwhile takes what is written, and nobody finds it there.
  private final @Nullable Object fileKey;

  private final BlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>();
  private final Thread writer;
  private boolean closed;

  private SqliteTransactions(
      Database.Sqlite database,
      Connection connection,
      Turnstile turnstile,
      @Nullable Object fileKey) {
    this.database = database;
    this.connection = connection;
    this.turnstile = turnstile;
    this.fileKey = fileKey;
    session = new Session(connection, Dialect.SQLITE);
    writer = Thread.ofPlatform().name("topdraw-ledger").daemon().unstarted(this::write);
  }

  /// Opens the file, and makes it where there is none.
  ///
  /// @throws InputException if it cannot be made
  /// @throws LedgerException if it cannot be opened
  static SqliteTransactions open(Database.Sqlite database) throws LedgerException {
    Path file = database.file().toAbsolutePath();
    try {
      create(file);
    } catch (IOException e) {
      throw new InputException(
              Problem.CONFLICT, database.file() + " cannot be made: " + e.getMessage())
          .by(e);
    }
    try {
      Connection connection = connect(database);
      SqliteTransactions transactions =
          new SqliteTransactions(
              database,
              connection,
              Turnstile.beside(file, forItsOwner(file)),
              fileKey(database.file()));
      transactions.writer.start();
      return transactions;
    } catch (SQLException e) {
      throw Failures.ofSqlite(database, e);
    }
  }

  /// The files that SQLite makes beside it take its permissions.
  private static void create(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try {
      Files.createFile(file, forItsOwner(file));
    } catch (FileAlreadyExistsException e) {
      // Another process of ours was faster.
    }
  }

  private static FileAttribute<?>[] forItsOwner(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static @Nullable Object fileKey(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  private static Connection connect(Database.Sqlite database) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(0); // it would look again in a tenth of a second, and not wait everywhere
    // From the root on, so that no name is taken for a database in memory or for an address.
    String address = "jdbc:sqlite:" + database.file().toAbsolutePath();
    return patiently(() -> config.createConnection(address));
  }

  /// Something that another process' lock may stand in the way of.
  @FunctionalInterface
  private interface Locked<T> {
    T get() throws SQLException;
  }

  /// Tries it until the lock is free, or has been held for too long.
  private static <T> T patiently(Locked<T> locked) throws SQLException {
    long until = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      try {
        return locked.get();
      } catch (SQLException e) {
        if (!Failures.busy(e) || System.nanoTime() > until) {
          throw e;
        }
        LockSupport.parkNanos(Turnstile.POLL_NANOS);
      }
    }
  }

  @Override
  public <T> T run(Work<T> work) throws LedgerException {
    Job<T> job = new Job<>(work);
    synchronized (jobs) {
      if (closed) {
        throw new IllegalStateException("the drift ledger is closed");
      }
      jobs.add(job);
    }
    return Waiting.forAnswer(job.answer);
  }

  private void write() {
    try {
      List<Job<?>> together = new ArrayList<>();
      while (true) {
        together.clear();
        together.add(jobs.take());
        jobs.drainTo(together, TOGETHER - 1);
        boolean last = together.removeIf(job -> job == LAST);
        if (!together.isEmpty()) {
          write(together);
        }
        if (last) {
          return;
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("no one knows this thread", e);
    }
  }

  private void write(List<Job<?>> together) {
    if (!Objects.equals(fileKey, fileKey(database.file()))) {
      LedgerException gone = Failures.gone(database);
      together.forEach(job -> job.fail(gone));
      return;
    }
    try {
      begin();
      for (Job<?> job : together) {
        session.execute("SAVEPOINT work");
        try {
          job.doIn(session);
        } catch (RuntimeException e) {
          job.refuse(e);
          session.execute("ROLLBACK TO work");
        }
        session.execute("RELEASE work");
      }
      session.execute("COMMIT");
      together.forEach(Job::tell);
    } catch (SQLException e) {
      rollBack();
      LedgerException failed = Failures.ofSqlite(database, e);
      together.forEach(job -> job.fail(failed));
    } catch (RuntimeException | Error e) {
      rollBack();
      together.forEach(job -> job.fail(e));
    }
  }

  private void begin() throws SQLException {
    try (Turnstile.Turn turn = turnstile.turn(LONGEST_WAIT)) {
      patiently(
          () -> {
            session.execute("BEGIN IMMEDIATE");
            return turn;
          });
    }
  }

  private void rollBack() {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException e) {
      // After some failures SQLite has done it already.
    }
  }

  /// Does what was asked for and closes the file.
  @Override
  public void close() {
    synchronized (jobs) {
      if (closed) {
        return;
      }
      closed = true;
      jobs.add(LAST);
    }
    Waiting.forEnd(writer);
    try (turnstile;
        connection) {
      session.close();
    } catch (SQLException | IOException e) {
      // All that was told of is on the disk.
    }
  }
}
