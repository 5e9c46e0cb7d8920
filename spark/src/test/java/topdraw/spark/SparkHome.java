package topdraw.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// The tests' class path as a cluster meets it: Spark's jars in a folder as a distribution has
/// them, and ours beside it.
///
/// @param folder the distribution
record SparkHome(Path folder) {
  /// Makes one.
  ///
  /// @param folder where, which is not there yet
  /// @param spark which of the jars that are not ours are in it
  static SparkHome make(Path folder, Predicate<Path> spark) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    Files.createFile(folder.resolve("RELEASE"));
    Set<String> names = new HashSet<>();
    for (Path jar : classPath()) {
      String name = jar.getFileName().toString();
      // Of two loggers a cluster has its own.
      if (!ours(jar) && !name.startsWith("slf4j-nop") && spark.test(jar) && names.add(name)) {
        Files.createSymbolicLink(jars.resolve(name), jar.toAbsolutePath());
      }
    }
    return new SparkHome(folder);
  }

  /// A class path of all of its jars.
  String jars() {
    return folder.resolve("jars") + File.separator + "*";
  }

  /// Tells a process of Spark's own where it is.
  ///
  /// @param process which begins later
  /// @param java what it runs on
  /// @param host what it is called
  void tell(ProcessBuilder process, String java, String host) {
    process.environment().put("JAVA_HOME", java);
    process.environment().put("SPARK_HOME", folder.toString());
    process.environment().put("SPARK_SCALA_VERSION", "2.13");
    process.environment().put("SPARK_LOCAL_IP", host);
  }

  static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  static boolean ours(Path entry) {
    return Files.isDirectory(entry) || entry.getFileName().toString().startsWith("topdraw-");
  }

  /// Whether an entry of the class path has the classes of a module, those of its tests left out.
  ///
  /// @param modules which modules; of all where there is none
  static boolean of(List<String> modules, Path entry) {
    String name = entry.getFileName().toString();
    if (name.startsWith("test") || name.endsWith("-tests.jar")) {
      return false;
    }
    return modules.isEmpty()
        || modules.stream()
            .anyMatch(
                module ->
                    entry.toString().contains("/" + module + "/")
                        || name.startsWith("topdraw-" + module));
  }

  /// Our classes as jars: those that are folders here in one.
  ///
  /// @param modules whose classes; all where there is none
  /// @param jar the one
  /// @return all of them, that one first
  static List<Path> ourJars(List<String> modules, Path jar) throws IOException {
    Set<String> names = new HashSet<>();
    Map<String, String> services = new HashMap<>();
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path folder : classPath()) {
        if (!Files.isDirectory(folder) || !of(modules, folder)) {
          continue;
        }
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
            if (name.startsWith("META-INF/services/")) {
              services.merge(name, Files.readString(file), String::concat);
            } else if (names.add(name)) {
              entries.putNextEntry(new JarEntry(name));
              Files.copy(file, entries);
              entries.closeEntry();
            }
          }
        }
      }
      for (Map.Entry<String, String> service : services.entrySet()) {
        entries.putNextEntry(new JarEntry(service.getKey()));
        entries.write(service.getValue().getBytes(StandardCharsets.UTF_8));
        entries.closeEntry();
      }
    }
    List<Path> jars = new ArrayList<>(List.of(jar));
    classPath().stream()
        .filter(entry -> !Files.isDirectory(entry) && ours(entry) && of(modules, entry))
        .forEach(jars::add);
    return jars;
  }
}
