package topdraw.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.input.InputException;

/// What a setting names.
class DatabaseTest {
  private static Database of(String place) {
    return Database.of(
        place, name -> Optional.ofNullable(Map.of("PGPASSWORD", "secret").get(name)));
  }

  @Test
  void aPathIsAFile() {
    assertThat(of("state/drift.db")).isEqualTo(new Database.Sqlite(Path.of("state/drift.db")));
  }

  @Test
  void anAddressIsAServersAndPrintsWithoutItsPassword() {
    Database database = of("postgres://me@db.example:5433/drift?sslmode=verify-full");
    assertThat(database)
        .isEqualTo(
            new Database.Postgresql(
                "postgresql://db.example:5433/drift?sslmode=verify-full",
                Optional.of("me"),
                Optional.of("secret")))
        .hasToString("postgresql://db.example:5433/drift?sslmode=verify-full");
    assertThat(of("postgresql://db.example/drift"))
        .isEqualTo(
            new Database.Postgresql(
                "postgresql://db.example/drift", Optional.empty(), Optional.of("secret")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"postgresql://me:hidden@db/drift", "postgresql://db/drift?password=hidden"})
  void aPasswordInAnAddressIsRefusedAndNotRepeated(String place) {
    assertThatThrownBy(() -> of(place))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("PGPASSWORD")
        .hasMessageNotContaining("hidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://db/drift",
        "postgresql://db",
        "postgresql:///drift",
        "postgresql://db/dr ift",
        "nul\0",
        "drift.db?journal_mode=off",
        "https://x"
      })
  void anythingElseIsRefused(String place) {
    assertThatThrownBy(() -> of(place)).isInstanceOf(InputException.class);
  }
}
