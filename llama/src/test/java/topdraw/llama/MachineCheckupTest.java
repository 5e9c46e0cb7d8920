package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MachineCheckupTest {
  static List<MachineCheck> faults() {
    return List.of(
        MachineCheckup.java(21, "Someone"),
        MachineCheckup.vector(false),
        MachineCheckup.platform("Linux", "riscv64"),
        MachineCheckup.openMp(false),
        MachineCheckup.memory(100_000_000),
        MachineCheckup.cache(Path.of("/proc/nothing")),
        MachineCheckup.download(false, Optional.of("pip"), Map.of()),
        MachineCheckup.download(true, Optional.empty(), Map.of()),
        MachineCheckup.disk(Path.of("/"), Long.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyFaultComesWithItsMending(MachineCheck fault) {
    assertThat(fault.ok()).isFalse();
    assertThat(fault.detail()).isNotBlank();
    assertThat(fault.mend()).isNotBlank();
  }

  static List<MachineCheck> sound() {
    return List.of(
        MachineCheckup.java(26, ""),
        MachineCheckup.vector(true),
        MachineCheckup.platform("Linux", "amd64"),
        MachineCheckup.openMp(true),
        MachineCheckup.memory(4_000_000_000L),
        MachineCheckup.download(true, Optional.of("pip"), Map.of()),
        MachineCheckup.download(
            true, Optional.empty(), Map.of("HF_ENDPOINT", "http://127.0.0.1:1")),
        MachineCheckup.disk(Path.of("/"), 0));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void whatIsWellNeedsNoMending(MachineCheck check) {
    assertThat(check.ok()).isTrue();
    assertThat(check.mend()).isEmpty();
  }
}
