package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.attack.Attack;
import topdraw.attack.Mutation;
import topdraw.draw.Score;

/// Rewards made by somebody who means harm, or by accident. Whatever is asked for is refused in one
/// line or scores every completion, soon.
@Tag("attack")
class RewardAttackTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String[] TEXTS = {
    "",
    "Paris",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
    "{\"a\": [1, {\"b\": null}]}",
    "[".repeat(90) + "]".repeat(90),
    "1e999",
    "\0\uFFFD\uD83D\uDE00\n",
    "ab ".repeat(700)
  };

  @TempDir private Path folder;

  static LongStream patternSeeds() {
    return Attack.seeds(100, 0.04);
  }

  static LongStream expressionSeeds() {
    return Attack.seeds(100, 0.04);
  }

  /// The first one hung where only steps were counted, and not how deep they are.
  static LongStream schemaSeeds() {
    return LongStream.concat(LongStream.of(20_265_102), Attack.seeds(30, 0.08));
  }

  static LongStream answerSeeds() {
    return Attack.seeds(100, 0.02);
  }

  /// Opens a reward and scores by it.
  private static void attack(String spec) {
    Assertions.assertTimeoutPreemptively(
        LIMIT,
        () -> {
          try (Reward reward = Rewards.named(spec)) {
            assertThat(Completions.score(reward, TEXTS)).hasSameSizeAs(TEXTS);
          } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).as(spec).isNotBlank();
          }
        },
        () -> "took too long: " + spec);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("patternSeeds")
  void patterns(long seed) {
    Mutation mutation = new Mutation(seed);
    String pattern = pattern(mutation, 6);
    attack("regex:" + (seed % 2 == 0 ? pattern : mutation.of(pattern)));
  }

  /// A pattern that mostly parses, with counts inside counts.
  private static String pattern(Mutation from, int depth) {
    if (depth == 0) {
      return from.oneOf("a", ".", "[a-c]", "\\pL", "[^x]", "\\b", "^", "$", "(?i)b", "\\Qa(\\E");
    }
    String inside = pattern(from, depth - 1);
    String other = pattern(from, from.random().nextInt(depth));
    return switch (from.random().nextInt(8)) {
      case 0 -> "(" + inside + "|" + other + ")";
      case 1 -> "(" + inside + "){" + from.random().nextInt(1, 1_002) + "}";
      case 2 -> "(?:" + inside + "){" + from.random().nextInt(20) + ",}";
      case 3 -> "(" + inside + "){0," + from.random().nextInt(1, 200) + "}";
      case 4 -> "(?P<n" + depth + ">" + inside + ")*" + other;
      case 5 -> "(" + inside + ")+?" + other;
      case 6 -> inside + other;
      default -> ("(" + inside + ")?").repeat(1 << from.random().nextInt(7));
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("expressionSeeds")
  void expressions(long seed) {
    Mutation mutation = new Mutation(seed);
    String spec = expression(mutation, 5);
    attack(seed % 3 == 0 ? spec : mutation.of(spec));
  }

  private static String expression(Mutation from, int depth) {
    if (depth == 0) {
      return from.oneOf(
          "log-likelihood",
          "negative-length",
          "regex:a+",
          "numeric:42",
          "\"regex:a,b\\\"\"",
          "similar:x",
          "self-judge");
    }
    String first = expression(from, depth - 1);
    String second = expression(from, from.random().nextInt(depth));
    return switch (from.random().nextInt(5)) {
      case 0 -> "sum(0.5*" + first + ", -1e3*" + second + ")";
      case 1 -> "min(" + first + ", " + second + ")";
      case 2 -> "sum(" + first + ")";
      case 3 -> "min(".repeat(1 << from.random().nextInt(13)) + first;
      default -> "sum(" + (first + ",").repeat(from.random().nextInt(1, 20)) + second + ")";
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("schemaSeeds")
  void schemas(long seed) throws IOException {
    Mutation mutation = new Mutation(seed);
    String schema =
        "{\"$defs\": {\"a\": %s, \"b\": %s, \"c\": %s}, \"allOf\": [%s]}"
            .formatted(
                schema(mutation, 4), schema(mutation, 3), schema(mutation, 2), schema(mutation, 4));
    String text = seed % 2 == 0 ? schema : mutation.of(schema);
    // A mutation may leave half of a surrogate pair, which no file in UTF-8 holds.
    Path file = Files.write(folder.resolve("schema.json"), text.getBytes(StandardCharsets.UTF_8));
    attack("json-schema:" + file);
  }

  private static String schema(Mutation from, int depth) {
    if (depth == 0) {
      return from.oneOf(
          "true",
          "false",
          "{\"type\": \"string\", \"pattern\": \"^(a+)+$\"}",
          "{\"$ref\": \"#/$defs/a\"}",
          "{\"$ref\": \"#/$defs/b\"}",
          "{\"$ref\": \"#/$defs/c\"}",
          "{\"$ref\": \"#\"}",
          "{\"$ref\": \"file:///etc/passwd\"}",
          "{\"multipleOf\": 1e-300}",
          "{\"enum\": [1, \"a\", null]}",
          "{\"maxLength\": 1e999}",
          "{\"format\": \"regex\"}",
          "{\"$dynamicRef\": \"#x\"}");
    }
    String first = schema(from, depth - 1);
    String second = schema(from, from.random().nextInt(depth));
    String several = String.join(", ", List.of(first, second, first, second, first, second));
    return switch (from.random().nextInt(8)) {
      case 0 -> "{\"allOf\": [" + several + "]}";
      case 1 -> "{\"anyOf\": [" + several + "]}";
      case 2 -> "{\"oneOf\": [" + several + "]}";
      case 3 -> "{\"not\": " + first + "}";
      case 4 -> "{\"items\": " + first + ", \"contains\": " + second + ", \"uniqueItems\": true}";
      case 5 ->
          "{\"properties\": {\"a\": " + first + "}, \"unevaluatedProperties\": " + second + "}";
      case 6 -> "{\"if\": " + first + ", \"then\": " + second + ", \"else\": " + first + "}";
      default ->
          "{\"patternProperties\": {\"(a|b){1,9}\": "
              + first
              + "}, \"additionalProperties\": "
              + second
              + "}";
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("answerSeeds")
  void answersOfPrograms(long seed) {
    String answer =
        "{\"rewards\":[{\"id\":\"7\",\"value\":1.5},{\"id\":\"8\",\"value\":null,\"error\":\"no\"}]}";
    String damaged = new Mutation(seed).of(answer);
    try {
      List<Score> scores =
          RewardItems.read(damaged, "the program", 7, 2).stream().map(AnsweredItem::score).toList();
      assertThat(scores).as(damaged).hasSize(2);
      assertThat(scores.getLast())
          .as("nothing was given a number that has none: " + damaged)
          .isNotEqualTo(new Score.Value(0));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).as(damaged).isNotBlank();
    }
  }
}
