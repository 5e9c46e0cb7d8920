package topdraw.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Golden: small random templates (tools/templates/generated.py), one a seed, and what transformers
/// 5.24.0 on Jinja 3.1.6 makes of them; a quarter of them are refused.
class GeneratedTemplatesTest {
  private static final Map<String, Object> VARIABLES = Records.object("generated.json");

  static Stream<Arguments> recordings() {
    return Records.renderings(Records.resource("generated.jsonl")).stream()
        .map(one -> Arguments.of(one.seed(), one.template(), one.output()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("recordings")
  void aGeneratedTemplateRendersAsInJinja(int seed, String template, @Nullable String output) {
    assertThat(Records.rendered(template, VARIABLES)).as(template).isEqualTo(output);
  }
}
