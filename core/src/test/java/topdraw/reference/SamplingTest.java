package topdraw.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplingTest {
  @Test
  void settingsOutOfRangeAreRefusedByName() {
    refused("temperature", 0, 0, 1, 0, 1);
    refused("temperature", Double.NaN, 0, 1, 0, 1);
    refused("top-k", 1, -1, 1, 0, 1);
    refused("top-p", 1, 0, 0, 0, 1);
    refused("top-p", 1, 0, Double.NaN, 0, 1);
    refused("min-p", 1, 0, 1, 1, 1);
    refused("max-tokens", 1, 0, 1, 0, 0);
  }

  private static void refused(
      String name, double temperature, int topK, double topP, double minP, int maxTokens) {
    assertThatThrownBy(() -> new Sampling(temperature, topK, topP, minP, maxTokens))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name);
  }

  @Test
  void plainSamplingCutsNothingOff() {
    assertThat(Sampling.plain(64).truncates()).isFalse();
    assertThat(new Sampling(1, 40, 1, 0, 64).truncates()).isTrue();
    assertThat(new Sampling(1, 0, 0.9, 0, 64).truncates()).isTrue();
    assertThat(new Sampling(1, 0, 1, 0.05, 64).truncates()).isTrue();
  }
}
