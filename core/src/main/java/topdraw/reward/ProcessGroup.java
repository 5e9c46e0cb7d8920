package topdraw.reward;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A program and all that it starts: they end together, and at the latest with this one.
///
/// Where the system has `setsid` (Linux) the program leads a process group of its own, so that what
/// it started is found even when what started it has ended. Elsewhere the descendants are ended
/// that can be found. What leaves the group on purpose is out of reach.
final class ProcessGroup implements AutoCloseable {
  private static final Set<ProcessGroup> ALIVE = ConcurrentHashMap.newKeySet();
  private static final Optional<Path> SETSID = onThePath("setsid");
  private static final Optional<Path> SHELL = onThePath("sh");

  private final Process leader;
  private final boolean ownGroup;

  private ProcessGroup(Process leader, boolean ownGroup) {
    this.leader = leader;
    this.ownGroup = ownGroup;
  }

  /// Starts a program; what it writes to standard error passes through.
  ///
  /// @throws IOException if there is no such program
  static ProcessGroup start(List<String> command) throws IOException {
    boolean ownGroup = SETSID.isPresent() && SHELL.isPresent();
    List<String> words = new ArrayList<>(command);
    if (ownGroup) {
      words.set(0, program(command.getFirst()).toString());
      words.addFirst(SETSID.get().toString());
    }
    try {
      Process leader =
          new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      ProcessGroup group = new ProcessGroup(leader, ownGroup);
      ALIVE.add(group);
      AtTheEnd.HOOK.watches();
      return group;
    } catch (IOException e) {
      throw new IOException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  /// The file that a command's first word names; `setsid` would only tell standard error that there
  /// is none.
  private static Path program(String name) throws IOException {
    if (!name.contains(File.separator)) {
      return onThePath(name)
          .orElseThrow(
              () -> new IOException("cannot start " + name + ": no program of that name is found"));
    }
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw new IOException("cannot start " + name + ": there is no such file");
    }
    if (!Files.isExecutable(file)) {
      throw new IOException("cannot start " + name + ": the file may not be executed; chmod +x it");
    }
    return file;
  }

  private static Optional<Path> onThePath(String name) {
    for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file.toAbsolutePath());
      }
    }
    return Optional.empty();
  }

  Process leader() {
    return leader;
  }

  /// Ends all of them, at once.
  @Override
  public void close() {
    if (!ALIVE.remove(this)) return;
    List<ProcessHandle> descendants = leader.descendants().toList();
    if (ownGroup) signalGroup();
    leader.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /// Java can signal a process only; a shell has `kill`, and needs no other program for it.
  private void signalGroup() {
    String kill = "kill -KILL -" + leader.pid() + " 2>/dev/null";
    try {
      new ProcessBuilder(SHELL.orElseThrow().toString(), "-c", kill)
          .start()
          .waitFor(1, TimeUnit.SECONDS);
    } catch (IOException e) {
      // No process can be started any more; the descendants known are ended all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends what is left when this program ends, however it does.
  private enum AtTheEnd {
    HOOK;

    AtTheEnd() {
      try {
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> List.copyOf(ALIVE).forEach(ProcessGroup::close)));
      } catch (IllegalStateException e) {
        // Ending already: whoever asks closes what it started.
      }
    }

    /// Once this returns, the hook is there.
    void watches() {}
  }
}
