package topdraw.servers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.provider.Surroundings;

class SecretTest {
  @TempDir Path folder;

  private Path file(String text, String permissions) throws IOException {
    Path file = folder.resolve("key");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  @Test
  void aKeyPrintsAsStars() {
    assertThat(Secret.of("abc", "here")).hasToString("***");
    assertThat(Optional.of(Secret.of("abc", "here"))).hasToString("Optional[***]");
  }

  @Test
  void aFileComesBeforeTheEnvironment() throws IOException {
    Surroundings world = Surroundings.of(Map.of("OPENAI_API_KEY", " from-env\n"));
    Optional<Path> file = Optional.of(file("from-file\n", "rw-------"));
    assertThat(Secret.find(file, world).orElseThrow().value()).isEqualTo("from-file");
    assertThat(Secret.find(Optional.empty(), world).orElseThrow().value()).isEqualTo("from-env");
    assertThat(Secret.find(Optional.empty(), Surroundings.of(Map.of()))).isEmpty();
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    Path file = file("secret-word", "rw-r-----");
    assertThatThrownBy(() -> Secret.in(file))
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("secret-word");
  }

  @Test
  void whatNoHeaderCanHoldIsRefusedWithoutSayingIt() throws IOException {
    Path file = file("secret\r\nX-Other: 1", "rw-------");
    assertThatThrownBy(() -> Secret.in(file))
        .hasMessageContaining("one word")
        .hasMessageNotContaining("X-Other");
    assertThatThrownBy(() -> Secret.of("", "OPENAI_API_KEY")).hasMessageContaining("is empty");
  }
}
