package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draw;
import topdraw.draw.DrawRoom;
import topdraw.draw.DrawsBuilder;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Origin;
import topdraw.draw.Outcome;
import topdraw.draw.Place;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;

/// One prompt of many draws is measured in the memory that is reckoned for it, by a Java that has
/// no more.
class DrawRoomTest {
  private static final int DRAWS = 50_000;
  private static final long SEED = 11;

  /// What Java and the program take beside the draws, in MiB.
  private static final long BESIDE = 16;

  @Test
  void aPromptOfManyDrawsNeedsWhatIsReckoned() throws Exception {
    for (String kind : List.of("single", "tied", "repeated")) {
      long heap = BESIDE + (DrawRoom.needed(DRAWS, 0) >> 20);
      assertThat(measured(kind, heap))
          .as("seed %d, %s, %d MiB", SEED, kind, heap)
          .contains("measured");
    }
  }

  private static String measured(String kind, long heap) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap + "m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                kind)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /// The process of its own.
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      RandomGenerator random = new SplittableRandom(SEED);
      var draws = new DrawsBuilder(Long.MAX_VALUE);
      for (int i = 0; i < DRAWS; i++) {
        draws.add(draw(i, args[0], random));
      }
      var prompt = new PromptDraws("one", Optional.empty(), draws.build("one"));
      var question =
          new AnalysisQuestion(
              "reward", Optional.empty(), OptionalDouble.empty(), List.of(4), Protocol.SUBSETS);
      Measurement measured = Questions.of(question).measure(prompt, 0);
      System.out.println("measured " + measured.draws());
    }

    /// No two rewards equal, two only, or half of the draws of few completions.
    private static Draw draw(int i, String kind, RandomGenerator random) {
      boolean few = kind.equals("repeated") && random.nextBoolean();
      long outcome = few ? random.nextInt(100) : random.nextLong() | 1L << 40;
      double spread = (outcome * 0x9E3779B97F4A7C15L >>> 11) * 0x1p-53;
      return new Draw(
          i,
          new Outcome.Numbered(outcome),
          Optional.empty(),
          Tokens.unknown(),
          LogProbability.exact(few ? Math.log(0.005) : -60 - spread),
          FinishReason.STOP,
          new Scores(
              List.of("reward"),
              List.of(new Score.Value(kind.equals("tied") ? Math.round(spread) : spread))),
          OptionalDouble.empty(),
          Origin.at(new Place("rows", OptionalLong.of(i))));
    }
  }
}
