package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.llama.file.ModelFile;

class SamplingBenchTest {
  /// 12 tokens a run.
  private static final SamplingWork WORK =
      new SamplingWork(new ModelFile("", Path.of("none.gguf"), "", ""), List.of(1, 2), 3, 4, 1);

  private final List<String> order = new ArrayList<>();

  /// A side whose runs take so long, one after the other.
  private SamplingSide side(String name, double... seconds) {
    int[] run = {0};
    return new SamplingSide(
        name,
        "",
        () -> {
          order.add(name);
          return seconds[run[0]++];
        },
        () -> {});
  }

  @Test
  void aRatioIsOfRunsNextToEachOtherAndTheWarmUpDoesNotCount() throws IOException {
    SamplingSide ours = side("ours", 9, 9, 1, 2, 4, 8);
    SamplingSide peer = side("peer", 9, 6, 40);

    List<SamplingBench.Row> rows =
        new SamplingBench(WORK, List.of(ours), List.of(peer), _ -> {}).measure(2);

    assertThat(order)
        .containsExactly("ours", "peer", "ours", "ours", "peer", "ours", "ours", "peer", "ours");
    // 12 tokens in 1, 2, 4 and 8 seconds: 12, 6, 3 and 1.5 a second.
    assertThat(rows.getFirst().tokensPerSecond()).isEqualTo(4.5);
    assertThat(rows.getFirst().ratios()).isEmpty();
    assertThat(rows.getLast().tokensPerSecond()).isEqualTo((2 + 0.3) / 2);
    // 6 s beside 1 and 2, 40 s beside 4 and 8.
    SamplingBench.Ratio ratio = rows.getLast().ratios().getFirst();
    assertThat(ratio.of()).isEqualTo("ours");
    assertThat(ratio.least()).isEqualTo(3);
    assertThat(ratio.median()).isEqualTo(5.5);
    assertThat(ratio.most()).isEqualTo(10);
  }

  @Test
  void ofTwoOfOursOneIsBeforeAPeerAndTheOtherAfterItAndTheyChangePlaces() throws IOException {
    SamplingSide old = side("old", 1, 1, 1, 1);
    SamplingSide newer = side("new", 2, 2, 2, 2);
    SamplingSide first = side("first", 4, 8);
    SamplingSide second = side("second", 4, 2);

    List<SamplingBench.Row> rows =
        new SamplingBench(WORK, List.of(old, newer), List.of(first, second), _ -> {}).measure(1);

    assertThat(order.subList(0, 5)).containsExactly("old", "first", "new", "second", "old");
    assertThat(order.subList(5, 10)).containsExactly("new", "first", "old", "second", "new");
    assertThat(rows)
        .extracting(SamplingBench.Row::name)
        .containsExactly("old", "new", "first", "second");
    assertThat(rows.get(2).ratios())
        .containsExactly(
            new SamplingBench.Ratio("old", 8, 8, 8), new SamplingBench.Ratio("new", 4, 4, 4));
    assertThat(rows.get(3).ratios())
        .containsExactly(
            new SamplingBench.Ratio("old", 2, 2, 2), new SamplingBench.Ratio("new", 1, 1, 1));
  }

  @Test
  void withoutAPeerEachOfOursRunsOnceARound() throws IOException {
    List<SamplingBench.Row> rows =
        new SamplingBench(WORK, List.of(side("old", 1, 2), side("new", 3, 4)), List.of(), _ -> {})
            .measure(1);

    assertThat(order).containsExactly("old", "new", "new", "old");
    assertThat(rows).extracting(SamplingBench.Row::tokensPerSecond).containsExactly(6.0, 3.0);
  }
}
