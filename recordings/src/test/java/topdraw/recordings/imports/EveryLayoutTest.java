package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.PromptDraws;
import topdraw.recordings.Recording;

/// A plain pool gives the same numbers, bit for bit, in whatever layout it is written.
class EveryLayoutTest {
  private static final String[] PIECES = {
    "The river", "\n", "a, b; c", "\"quoted\"", "ü𝔘", "\t", "'", "1,5", "{\"x\": 1}", "\\n", " "
  };

  @TempDir private Path folder;

  /// Prompts with equally many draws, because wide columns cannot have others.
  private static Written pool(Random random) {
    int prompts = 2 + random.nextInt(4);
    int draws = 2 + random.nextInt(5);
    List<String> asked = new ArrayList<>();
    List<List<String>> said = new ArrayList<>();
    List<List<Double>> scores = new ArrayList<>();
    for (int p = 0; p < prompts; p++) {
      asked.add("Question " + p + " " + text(random) + "?");
      List<String> texts = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < draws; i++) {
        boolean again = i > 0 && random.nextInt(4) == 0;
        int of = again ? random.nextInt(i) : i;
        texts.add(again ? texts.get(of) : "x" + text(random) + i);
        values.add(again ? values.get(of) : random.nextInt(5) + random.nextDouble());
      }
      said.add(texts);
      scores.add(values);
    }
    return new Written(asked, said, scores);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.append('.').toString();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void aPoolHasItsNumbersInEveryLayout(long seed) throws IOException {
    Written pool = pool(new Random(seed));
    for (Written.Input input : pool.write(folder)) {
      List<PromptDraws> prompts = new ArrayList<>();
      Mapping mapping =
          new Mapping(Mapping.parse(input.map()), List.of(), false, Map.of(), false, input.join());
      String reward;
      try (Recording recording =
          Recordings.open(List.of(folder.resolve(input.name()).toString()), mapping)) {
        assertThat(recording.bad().first()).as(input.name()).isEmpty();
        assertThat(recording.rewards()).as(input + " " + recording.columns()).isNotEmpty();
        reward = recording.rewards().getFirst();
        recording.forEach(prompts::add);
      }
      assertThat(prompts).as(input.toString()).hasSameSizeAs(pool.asked());
      for (int p = 0; p < prompts.size(); p++) {
        String what = input + " prompt " + p;
        PromptDraws prompt = prompts.get(p);
        assertThat(prompt.outcomes()).as(what).isEqualTo(outcomes(pool.said().get(p)));
        assertThat(prompt.ranks(reward))
            .as(what)
            .isEqualTo(pool.scores().get(p).stream().mapToDouble(s -> s).toArray());
        assertThat(prompt.display()).as(what).isEqualTo(pool.asked().get(p));
        assertThat(prompt.draws())
            .as(what)
            .extracting(draw -> draw.text().orElseThrow())
            .containsExactlyElementsOf(pool.said().get(p));
      }
    }
  }

  private static int[] outcomes(List<String> texts) {
    Map<String, Integer> known = new HashMap<>();
    return texts.stream()
        .mapToInt(
            text -> {
              int next = known.size();
              return known.computeIfAbsent(text, _ -> next);
            })
        .toArray();
  }
}
