package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineHostTest {
  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "Linux, amd64, true",
    "Linux, aarch64, true",
    "Linux, riscv64, false",
    "Mac OS X, aarch64, true",
    "Windows 11, amd64, true",
    "Windows 11, aarch64, false",
    "Windows 11, x86, false",
    "FreeBSD, amd64, false"
  })
  void platformsWithoutABuildAreKnown(String system, String processor, boolean supported) {
    assertThat(EngineHost.supports(system, processor)).isEqualTo(supported);
  }
}
