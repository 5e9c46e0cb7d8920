package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

class DoctorCommandTest {
  @TempDir Path cache;

  @Test
  void aMissingModelIsToldWithTheWayToGetIt() {
    Ran ran = doctor(Map.of("TOPDRAW_CACHE", cache.toString(), "HF_HUB_OFFLINE", "1"));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .contains("BAD  model", "is not there yet", "to mend it: run: topdraw models --fetch")
        .contains("BAD  download", "unset HF_HUB_OFFLINE")
        .contains("ok   vector module", "ok   cache folder");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void theExitCodeAndTheJsonSayWhetherAllIsWell() {
    Ran ran = doctor(System.getenv(), "--json");
    JsonNode report = Json.read(ran.out());
    boolean allWell =
        report.path("checks").valueStream().allMatch(check -> check.path("ok").asBoolean());

    assertThat(report.path("ok").asBoolean()).isEqualTo(allWell);
    assertThat(ran.exitCode()).isEqualTo(allWell ? 0 : 1);
    assertThat(report.path("checks").valueStream())
        .extracting(check -> check.path("name").asString())
        .contains("java", "vector module", "platform", "memory", "cache folder", "model");
  }

  private static Ran doctor(Map<String, String> environment, String... arguments) {
    return Ran.of(new DoctorCommand(environment), arguments);
  }
}
