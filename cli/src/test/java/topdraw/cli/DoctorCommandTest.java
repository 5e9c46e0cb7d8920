package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

  static List<Check> faults() {
    return List.of(
        Checkup.java(21, "Someone"),
        Checkup.vector(false),
        Checkup.platform("Linux", "riscv64"),
        Checkup.openMp(false),
        Checkup.memory(100_000_000),
        Checkup.cache(Path.of("/proc/nothing")),
        Checkup.download(false, Optional.of("pip"), Map.of()),
        Checkup.download(true, Optional.empty(), Map.of()),
        Checkup.disk(Path.of("/"), Long.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyFaultComesWithItsMending(Check fault) {
    assertThat(fault.ok()).isFalse();
    assertThat(fault.detail()).isNotBlank();
    assertThat(fault.mend()).isNotBlank();
  }

  static List<Check> sound() {
    return List.of(
        Checkup.java(26, ""),
        Checkup.vector(true),
        Checkup.platform("Linux", "amd64"),
        Checkup.openMp(true),
        Checkup.memory(4_000_000_000L),
        Checkup.download(true, Optional.of("pip"), Map.of()),
        Checkup.download(true, Optional.empty(), Map.of("HF_ENDPOINT", "http://127.0.0.1:1")),
        Checkup.disk(Path.of("/"), 0));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void whatIsWellNeedsNoMending(Check check) {
    assertThat(check.ok()).isTrue();
    assertThat(check.mend()).isEmpty();
  }

  private static Ran doctor(Map<String, String> environment, String... arguments) {
    return Ran.of(new DoctorCommand(environment), arguments);
  }
}
