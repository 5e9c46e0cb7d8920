package topdraw.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeNameTest {
  @TempDir Path temp;

  @Test
  void theFirstNameThatIsFreeIsTaken() throws IOException {
    String name = temp.resolve("claim-7.2").toString();
    assertThat(FreeName.of(name, ".json")).isEqualTo(Path.of(name + ".json"));
    Files.createFile(Path.of(name + ".json"));
    assertThat(FreeName.of(name, ".json")).isEqualTo(Path.of(name + "-2.json"));
    Files.createDirectory(Path.of(name + "-2.json"));
    assertThat(FreeName.of(name, ".json")).isEqualTo(Path.of(name + "-3.json"));
    assertThat(FreeName.of(name, "")).isEqualTo(Path.of(name));
  }
}
