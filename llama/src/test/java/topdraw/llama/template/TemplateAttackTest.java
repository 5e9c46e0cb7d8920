package topdraw.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.attack.Attack;
import topdraw.attack.Mutation;

/// Templates of published models, damaged. Each is rendered or refused in one line, within a second
/// of processor time, so that a busy machine fails nothing.
@Tag("attack")
class TemplateAttackTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String[] EXPENSIVE = {
    "{% for a in range(99999) %}",
    "{% endfor %}",
    " * 1000000 ",
    "range(1000000)",
    " | join(",
    "{% macro m(x) %}",
    "{{ m(m) }}",
    "{% endmacro %}",
    "loop",
    " ** ",
    "[:-1]",
    " | tojson "
  };

  private static List<Records.Rendering> recorded = List.of();

  @BeforeAll
  static void read() throws IOException {
    recorded = Records.published();
  }

  static LongStream seeds() {
    return Attack.seeds(100, 0.05);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aDamagedTemplateIsRenderedOrRefusedInOneLine(long seed) throws IOException {
    Mutation mutation = new Mutation(seed);
    Records.Rendering one = any(mutation);
    String whole = Records.text("published/" + one.template() + ".jinja");
    String damaged = damaged(mutation, whole);
    var kept = Attack.kept(seed + ".jinja", damaged.getBytes(StandardCharsets.UTF_8));
    long start = processorTime();
    try {
      String text =
          Template.read(damaged)
              .render(Records.variables(one.conversation(), one.generation()), Records.NOW);
      assertThat(text).isNotNull();
    } catch (TemplateException e) {
      assertThat(e.getMessage()).as("kept as %s", kept).isNotBlank().doesNotContain("\n");
    }
    assertThat(Duration.ofNanos(processorTime() - start)).as("kept as %s", kept).isLessThan(SECOND);
    Files.delete(kept);
  }

  private static Records.Rendering any(Mutation mutation) {
    return recorded.get(mutation.random().nextInt(recorded.size()));
  }

  /// With injuries, with a piece of another one inside, or with things that cost much.
  private static String damaged(Mutation mutation, String template) {
    StringBuilder text = new StringBuilder(template);
    switch (mutation.random().nextInt(3)) {
      case 0 -> {
        String other = Records.text("published/" + any(mutation).template() + ".jinja");
        int from = mutation.random().nextInt(other.length());
        int to = mutation.random().nextInt(from, other.length());
        text.insert(mutation.random().nextInt(text.length()), other, from, to);
      }
      case 1 -> {
        for (int k = mutation.random().nextInt(1, 6); k > 0; k--) {
          text.insert(mutation.random().nextInt(text.length()), mutation.oneOf(EXPENSIVE));
        }
      }
      default -> text.replace(0, text.length(), mutation.of(template));
    }
    return text.toString();
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
