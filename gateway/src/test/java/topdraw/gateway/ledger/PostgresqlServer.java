package topdraw.gateway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A PostgreSQL server of its own in a folder of its own, as Debian installs it. It refuses to run
/// as root, so there it is the user `postgres` who runs it.
final class PostgresqlServer implements AutoCloseable {
  static final String PASSWORD = "se cret";

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private static @Nullable PostgresqlServer shared;

  private final Path programs;
  private final Path folder;
  private final int port;

  private PostgresqlServer(Path programs) throws IOException, InterruptedException {
    this.programs = programs;
    folder = Files.createTempDirectory("topdraw-postgresql-");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    if (root()) {
      call("chown", "-R", "postgres", folder.toString());
    }
    postgres(
        "initdb",
        "-D",
        data(),
        "-U",
        "topdraw",
        "-A",
        "scram-sha-256",
        "--pwfile=" + password,
        "--no-sync",
        "-E",
        "UTF8",
        "--locale=C");
    Files.writeString(
        folder.resolve("data/postgresql.conf"),
        """
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        """
            .formatted(port),
        UTF_8,
        StandardOpenOption.APPEND);
    start();
  }

  /// Starts one, or skips the test where there is none, and says why.
  static PostgresqlServer startOrSkip() {
    Optional<Path> programs = programs();
    Assumptions.assumeTrue(
        programs.isPresent(),
        "PostgreSQL is not installed below /usr/lib/postgresql (./check --install brings it where"
            + " apt-get is)");
    try {
      return new PostgresqlServer(programs.orElseThrow());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// One that every test of this process may use and none may stop, or skips the test.
  static synchronized PostgresqlServer shared() {
    if (shared == null) {
      shared = startOrSkip();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  private static Optional<Path> programs() {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(VERSIONS)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(VERSIONS)) {
        versions.forEach(version -> found.add(version.resolve("bin")));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return found.stream()
        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
        .max(Comparator.naturalOrder());
  }

  private static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  void start() {
    postgres(
        "pg_ctl", "-D", data(), "-l", folder.resolve("log").toString(), "-w", "-t", "60", "start");
  }

  /// As a power cut ends it.
  void stopAtOnce() {
    postgres("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
  }

  private void postgres(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (root()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    try {
      call(command.toArray(String[]::new));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// The output goes to a file: the server inherits it, and would keep a pipe open.
  private void call(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("topdraw-postgresql-", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IOException(List.of(command) + ": " + Files.readString(output));
      }
    } finally {
      Files.delete(output);
    }
  }

  /// A database of the server's.
  Database.Postgresql database() {
    return database(PASSWORD);
  }

  Database.Postgresql database(@Nullable String password) {
    return (Database.Postgresql) Database.of(place(), _ -> Optional.ofNullable(password));
  }

  /// Its address, as a user gives it.
  String place() {
    return "postgresql://topdraw@127.0.0.1:" + port + "/postgres";
  }

  @Override
  public void close() {
    stopAtOnce();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
