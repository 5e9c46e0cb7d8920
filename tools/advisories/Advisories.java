import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds the jars of folders against the list of advisories: no network, no index, no guess.
///
///     java tools/advisories/Advisories.java tools/advisories/advisories.csv FOLDER...
///
/// A jar is known by what Maven wrote into it, else by its file name, then under every group of the
/// list. What was packed into a jar with its Maven description counts as shipped too. Ends with 1
/// if a shipped version lies in an affected range and the list does not say why it is not reached.
final class Advisories {
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^-]*(?:-[A-Za-z][\\w.-]*)?)\\.jar");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private Advisories() {}

  record Advisory(String group, String name, String from, String before, String id, String what, String unreached) {
    static Advisory of(String line) {
      String[] cells = line.split(",", 6);
      if (cells.length != 6 || cells[0].indexOf(':') < 0 || cells[3].isBlank() || cells[4].isBlank()) {
        throw new IllegalArgumentException("not artifact,from,before,advisory,what,why: " + line);
      }
      String[] artifact = cells[0].split(":", 2);
      return new Advisory(artifact[0], artifact[1], cells[1], cells[2], cells[3], cells[4], cells[5]);
    }

    boolean hits(Shipped jar) {
      return name.equals(jar.name)
          && (jar.group.isEmpty() || jar.group.get().equals(group))
          && (from.isEmpty() || VERSIONS.compare(from, jar.version) <= 0)
          && (before.isEmpty() || VERSIONS.compare(jar.version, before) < 0);
    }
  }

  record Shipped(Optional<String> group, String name, String version) {
    @Override
    public String toString() {
      return group.map(known -> known + ":").orElse("") + name + " " + version;
    }
  }

  /// Numbers as numbers, from the left; what is missing is 0; `-beta3` is before its release.
  static final Comparator<String> VERSIONS =
      (a, b) -> {
        List<Long> left = numbers(a);
        List<Long> right = numbers(b);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
          int order = Long.compare(i < left.size() ? left.get(i) : 0, i < right.size() ? right.get(i) : 0);
          if (order != 0) return order;
        }
        return Boolean.compare(b.matches(".*-(?i:alpha|beta|m|rc).*"), a.matches(".*-(?i:alpha|beta|m|rc).*"));
      };

  private static List<Long> numbers(String version) {
    Matcher number = NUMBER.matcher(version.split("-", 2)[0]);
    return number.results().map(found -> Long.parseLong(found.group())).toList();
  }

  static List<Advisory> read(Path list) throws IOException {
    return Files.readAllLines(list).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Advisory::of)
        .toList();
  }

  static Set<Shipped> shipped(Path jar) throws IOException {
    Set<Shipped> all = new HashSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().filter(e -> e.getName().matches("META-INF/maven/.*/pom\\.properties")).toList()) {
        Properties properties = new Properties();
        try (InputStream in = file.getInputStream(entry)) {
          properties.load(in);
        }
        all.add(
            new Shipped(
                Optional.ofNullable(properties.getProperty("groupId")),
                properties.getProperty("artifactId", ""),
                properties.getProperty("version", "0")));
      }
    }
    Matcher name = JAR.matcher(String.valueOf(jar.getFileName()));
    if (!name.matches()) {
      throw new IllegalArgumentException(jar + " has no version in its name");
    }
    if (all.stream().noneMatch(known -> known.name.equals(name.group(1)))) {
      all.add(new Shipped(Optional.empty(), name.group(1), name.group(2)));
    }
    return all;
  }

  /// @param args the list, and the folders whose jars are shipped
  public static void main(String[] args) throws IOException {
    List<Advisory> advisories = read(Path.of(args[0]));
    List<String> bad = new ArrayList<>();
    Set<String> unreached = new TreeSet<>();
    int jars = 0;
    for (String folder : List.of(args).subList(1, args.length)) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).sorted().collect(Collectors.toList())) {
          jars++;
          for (Shipped shipped : shipped(jar)) {
            advisories.stream()
                .filter(advisory -> advisory.hits(shipped))
                .forEach(
                    advisory -> {
                      String hit = shipped + ": " + advisory.id + ", " + advisory.what;
                      if (advisory.unreached.isBlank()) {
                        bad.add(hit + (advisory.before.isEmpty() ? "" : "; mended in " + advisory.before));
                      } else {
                        unreached.add(hit + "; not reached: " + advisory.unreached);
                      }
                    });
          }
        }
      }
    }
    unreached.forEach(System.out::println);
    bad.forEach(System.err::println);
    System.out.println(jars + " jars held against " + advisories.size() + " ranges: " + bad.size() + " affected");
    if (jars == 0 || !bad.isEmpty()) System.exit(1);
  }
}
