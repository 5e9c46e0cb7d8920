package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.theory.confidence.DrawnValue;

class WeightsBenchCommandTest {
  /// By hand: the mean of 1, 2, 6 is 3, their variance 7; one more of 2 · 6 - 2 = 10 makes it 19/4.
  @Test
  void aMeanVariesAsItsDrawsDo() {
    DrawnValue mean = WeightsBenchCommand.mean(1, 2, 6);
    assertThat(mean.value()).isEqualTo(3);
    assertThat(mean.variance()).isCloseTo(7.0 / 3, within(1e-15));
    assertThat(mean.withOneMore()).isEqualTo(4.75);
    assertThat(mean.perDraw()).isEqualTo(3);
  }

  @Test
  void theDistanceIsAnEstimateWithItsInterval() {
    var text = new StringWriter();
    WeightsBenchCommand.print(
        new WeightsBenchCommand.Report(
            "M (Q8_0 copy of Q4_1)",
            "llama.cpp v0.5.0",
            6,
            16,
            64,
            0.4,
            0.3,
            0.5,
            0.95,
            0.01,
            100,
            150,
            List.of(1.5, 1.4, 1.6)),
        new PrintWriter(text, true));
    assertThat(text.toString())
        .contains("M (Q8_0 copy of Q4_1), llama.cpp v0.5.0")
        .contains("about 0.400 nats a completion [0.300, 0.500] at 95 %")
        .contains("(estimate, 96 draws from the copy, 6 prompts, at most 64 tokens")
        .contains("0.0100 nats a token")
        .contains("model 100.0 tokens/s, copy 150.0 tokens/s, ratio 1.50 (1.40 to 1.60)");
  }
}
