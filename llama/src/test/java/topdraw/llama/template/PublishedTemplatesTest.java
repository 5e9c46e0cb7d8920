package topdraw.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Golden: the templates of published models, rendered for 28 conversations with and without a
/// generation prompt by transformers 5.24.0 on Jinja 3.1.6 (tools/templates/record.py). Where that
/// refuses, so do we.
class PublishedTemplatesTest {
  static Stream<Arguments> templates() throws IOException {
    return Records.published().stream()
        .collect(
            Collectors.groupingBy(Records.Rendering::template, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("templates")
  void aPublishedTemplateRendersAsItsAuthorsSeeIt(String name, List<Records.Rendering> recorded) {
    String template = Records.text("published/" + name + ".jinja");
    for (Records.Rendering one : recorded) {
      assertThat(
              Records.rendered(template, Records.variables(one.conversation(), one.generation())))
          .as("%s, generation prompt %s", one.conversation(), one.generation())
          .isEqualTo(one.output());
    }
  }

  @Test
  void thereAreEnoughOfThem() throws IOException {
    List<Records.Rendering> recorded = Records.published();

    assertThat(templates()).hasSizeGreaterThanOrEqualTo(38);
    assertThat(recorded).hasSizeGreaterThanOrEqualTo(38 * 56);
    assertThat(recorded.stream().filter(one -> one.output() != null).count())
        .isGreaterThan(recorded.size() * 8L / 10);
  }
}
