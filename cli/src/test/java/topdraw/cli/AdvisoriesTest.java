package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The check of what is shipped finds what it is there to find.
class AdvisoriesTest {
  private static final Path TOOLS = Path.of("..", "tools", "advisories");

  @TempDir private static Path classes;

  @TempDir private Path folder;

  /// Once: the check itself compiles it each time that it is run.
  @BeforeAll
  static void compile() {
    String source = TOOLS.resolve("Advisories.java").toString();
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, "-d", classes.toString(), source);
    assertThat(code).isZero();
  }

  private Ran check() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes.toString(),
                "Advisories",
                TOOLS.resolve("advisories.csv").toString(),
                folder.toString())
            .redirectError(folder.resolve("err").toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out, Files.readString(folder.resolve("err")));
  }

  /// A jar that says of itself what Maven would, or nothing where `group` is empty.
  private void ship(String file, String group, String name, String version) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(file));
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(
          new JarEntry(
              group.isEmpty()
                  ? "nothing"
                  : "META-INF/maven/" + group + "/" + name + "/pom.properties"));
      jar.write(
          "groupId=%s\nartifactId=%s\nversion=%s\n"
              .formatted(group, name, version)
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "com.fasterxml.jackson.core, jackson-core,     2.14.0,        CVE-2025-52999",
    "org.yaml,                   snakeyaml,        1.33,          CVE-2022-1471",
    "org.apache.commons,         commons-lang3,    3.14.0,        CVE-2025-48924",
    "com.hubspot.jinjava,        jinjava,          2.8.0,         CVE-2025-59340",
    "org.duckdb,                 duckdb_jdbc,      1.4.1.0,       CVE-2025-64429",
    "io.netty,                   netty-handler,    4.1.100.Final, CVE-2025-24970",
    "'',                         commons-compress, 1.21,          CVE-2024-26308"
  })
  void anAffectedVersionIsFound(String group, String name, String version, String advisory)
      throws IOException, InterruptedException {
    ship(name + "-" + version + ".jar", group, name, version);
    Ran ran = check();
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains(advisory).contains(version);
  }

  @ParameterizedTest
  @CsvSource({
    "com.fasterxml.jackson.core, jackson-core,     2.22.1",
    "tools.jackson.core,         jackson-core,     3.2.4",
    "another.group,              jackson-core,     2.14.0",
    "org.yaml,                   snakeyaml,        2.0",
    "org.apache.commons,         commons-lang3,    3.18.0",
    "org.apache.commons,         commons-compress, 1.26.0",
    "'',                         duckdb_jdbc,      2.0.0.1"
  })
  void aMendedVersionIsNot(String group, String name, String version)
      throws IOException, InterruptedException {
    ship(name + "-" + version + ".jar", group, name, version);
    Ran ran = check();
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("1 jars held against").contains(": 0 affected");
  }

  @Test
  void whatIsPackedIntoAJarCounts() throws IOException, InterruptedException {
    ship("shaded-1.0.jar", "org.yaml", "snakeyaml", "1.30");
    assertThat(check().err()).contains("org.yaml:snakeyaml 1.30: CVE-2022-25857");
  }

  @Test
  void whatIsNotReachedSaysWhy() throws IOException, InterruptedException {
    ship("llama-4.2.0.jar", "de.kherud", "llama", "4.2.0");
    Ran ran = check();
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("CVE-2025-53630").contains("not reached: the header check");
  }

  @Test
  void aFolderWithoutJarsIsNoSuccess() throws IOException, InterruptedException {
    assertThat(check().exitCode()).isEqualTo(1);
  }
}
