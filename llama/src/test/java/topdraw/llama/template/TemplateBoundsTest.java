package topdraw.llama.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a template may cost. Time is processor time, so that a busy machine fails nothing; the
/// stack is half of what a thread usually has.
class TemplateBoundsTest {
  private static final LocalDateTime NOW = LocalDateTime.parse("2025-03-09T14:05:06");
  private static final int STACK = 512 << 10;
  private static final Duration SECOND = Duration.ofSeconds(1);

  static Stream<Arguments> attacks() {
    String thousand = "{% for a in range(1000) %}";
    String set = "{% set x = 'ab' %}";
    return Stream.of(
        attack("a loop of 1000³", (thousand.repeat(3) + "x" + "{% endfor %}".repeat(3)), "steps"),
        attack(
            "a loop of 1000³ over nothing", thousand.repeat(3) + "{% endfor %}".repeat(3), "steps"),
        attack(
            "20,000 parentheses",
            "{{ " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " }}",
            "levels"),
        attack("20,000 lists", "{{ " + "[".repeat(20_000) + "]".repeat(20_000) + " }}", "levels"),
        attack(
            "20,000 maps",
            "{{ " + "{'a': ".repeat(20_000) + "1" + "}".repeat(20_000) + " }}",
            "levels"),
        attack("20,000 negations", "{{ " + "not ".repeat(20_000) + "x }}", "levels"),
        attack("20,000 signs", "{{ " + "-".repeat(20_000) + "1 }}", "levels"),
        attack(
            "20,000 inner calls",
            "{{ " + "f(".repeat(20_000) + ")".repeat(20_000) + " }}",
            "levels"),
        attack("20,000 conditions", "{{ " + "1 if ".repeat(20_000) + "1 }}", "levels"),
        attack("20,000 alternatives", "{{ " + "1 if x else ".repeat(20_000) + "1 }}", "levels"),
        attack("20,000 open brackets", "{{ " + "(".repeat(20_000), "does not end"),
        attack(
            "5,000 nested ifs",
            "{% if true %}".repeat(5000) + "{% endif %}".repeat(5000),
            "levels"),
        attack(
            "5,000 nested loops",
            "{% for a in [1] %}".repeat(5000) + "{% endfor %}".repeat(5000),
            "levels"),
        attack("5,000 ifs without an end", "{% if true %}".repeat(5000), "levels"),
        attack(
            "a text doubled 60 times",
            set + "{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
            "characters"),
        attack(
            "a text joined to itself",
            set + "{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
            "characters"),
        attack(
            "a list doubled 60 times",
            "{% for i in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
            "steps"),
        attack(
            "a list inside itself twice, 60 times, printed",
            "{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}",
            "s"),
        attack(
            "the same as JSON",
            "{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l | tojson }}",
            "s"),
        attack(
            "the same compared",
            "{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% set ns.k = [ns.k, ns.k] %}{% endfor %}{{ ns.l == ns.k }}",
            "steps"),
        attack(
            "a list 100,000 deep",
            "{% for i in range(100000) %}{% set ns.l = [ns.l] %}{% endfor %}",
            "levels"),
        attack("a huge range", "{{ range(1000000000) | list }}", "range"),
        attack(
            "a range between the ends",
            "{{ range(-9223372036854775807, 9223372036854775807) }}",
            "range"),
        attack("a text times a billion", "{{ 'ab' * 1000000000 }}", "characters"),
        attack("a list times a billion", "{{ [1] * 1000000000 }}", "steps"),
        attack("a wide centre", "{{ 'a'.center(2000000000) }}", "characters"),
        attack("a wide field", "{{ '%999999999d' % 1 }}", "characters"),
        attack("a wide indentation", "{{ [[1]] | tojson(indent=2000000000) }}", "characters"),
        attack(
            "every character replaced",
            "{{ ('a' * 4000000).replace('a', 'b' * 4000000) }}",
            "characters"),
        attack("a join of a join", "{% set l = range(99999) | join('x' * 1000) %}", "characters"),
        attack("a slow search", "{{ ('a' * 8000000).count('a' * 4000000 ~ 'b') }}", "steps"),
        attack("a slow strip", "{{ ('a' * 8000000).strip('b' * 1000000 ~ 'a') }}", "steps"),
        attack(
            "a sort of much",
            "{% for i in range(1000) %}{{ range(90000) | reverse | sort | length }}{% endfor %}",
            "steps"),
        attack(
            "a macro that calls itself",
            "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}",
            "levels"),
        attack(
            "a macro that calls itself twice",
            "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
            "steps"),
        attack(
            "a caller that calls itself",
            "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}",
            "levels"),
        attack(
            "a map of filters",
            "{{ range(90000) | map('string') | map('upper') | map('lower') | map('list') | map('join') | map('length') | list }}"
                .repeat(9),
            "steps"),
        attack(
            "much output", "{% for i in range(99999) %}{{ 'x' * 1000 }}{% endfor %}", "characters"),
        attack("a product of powers", "{{ 9 ** 9 ** 9 }}", "64 bits"),
        attack("a long number", "{{ " + "9".repeat(500_000) + " }}", "64 bits"),
        attack("a number from a long text", "{{ ('9' * 500000) | int }}", "64 bits"),
        attack("a template of 2 million characters", "x".repeat(2_000_000), "characters"),
        attack("100,000 links", "{{ x" + ".a".repeat(100_000) + " }}", "no part"),
        attack("100,000 sums", "{{ 1" + "+1".repeat(100_000) + " + x }}", "does not go"),
        attack("100,000 filters", "{{ x" + "|list".repeat(100_000) + " + 1 }}", "does not go"),
        attack(
            "100,000 else ifs",
            "{% if 0 %}" + "{% elif 0 %}".repeat(50_000) + "{% endif %}{{ x + 1 }}",
            "does not go"),
        attack("50,000 arguments", "{{ f(" + "1,".repeat(50_000) + ") }}", "not defined"),
        attack("50,000 comments", "{# #}".repeat(50_000) + "{{ x + 1 }}", "does not go"),
        attack("50,000 braces", "{".repeat(50_000), "does not end"));
  }

  private static Arguments attack(String name, String template, String words) {
    String before = "{% set ns = namespace(x='ab', l=[1], k=[1]) %}{% set x = 'ab' %}";
    return Arguments.of(name, template.length() > 1_500_000 ? template : before + template, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void anAttackEndsInOneLineWithinASecond(String name, String template, String words) {
    var thrown = new AtomicReference<Throwable>();
    Duration time = timed(() -> thrown.set(catchThrowable(() -> render(template))));

    assertThat(thrown.get())
        .as(name)
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessageContaining(words);
    assertThat(thrown.get().getMessage()).hasSizeLessThan(300).doesNotContain("\n");
    assertThat(time).as("processor time").isLessThan(SECOND);
  }

  static Stream<String> cheapThings() {
    return Stream.of(
        "[] | join",
        "[] | list",
        "[] | items",
        "[] | map('upper')",
        "[] | sort",
        "{} | dictsort",
        "{} | items",
        "'a' | upper",
        "'a' | replace('a', 'b')",
        "'a' | indent",
        "1 | tojson",
        "'%s' | format(1)",
        "'%s' % 1",
        "'{}'.format(1)",
        "'a'.split()",
        "'a'.strip()",
        "'a' in 'b'",
        "'a'[0]",
        "'a'[:1]",
        "{'a': 1}.a",
        "{'a': 1}.items()",
        "[1][0]",
        "1 is odd",
        "x is defined",
        "loop.index",
        "namespace(a=1)",
        "dict(a=1)",
        "range(1)",
        "m()",
        "strftime_now('%d %B %Y')",
        "1.5 | round(1)",
        "'1' | int",
        "[1] | batch(1)",
        "[1] | groupby('a')",
        "1 + 1",
        "1 < 2 < 3",
        "not 1 or 2 and 3");
  }

  /// Steps are honest: a million cheap things are refused as soon as a loop of nothing is.
  @ParameterizedTest(name = "{0}")
  @MethodSource("cheapThings")
  void aMillionCheapThingsEndWithinASecond(String expression) {
    String template =
        "{% macro m() %}{% endmacro %}"
            + "{% for a in range(9999) %}{% for b in range(9999) %}{% set y = "
            + expression
            + " %}{% endfor %}{% endfor %}";
    var thrown = new AtomicReference<Throwable>();
    Duration time = timed(() -> thrown.set(catchThrowable(() -> render(template))));

    assertThat(thrown.get())
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessageContaining("steps");
    assertThat(time).as("processor time").isLessThan(SECOND);
  }

  /// Keys that all have one hash: `Aa` and `BB` have, and so has what is made of them.
  @Test
  void keysOfOneHashAreNoAttack() {
    List<String> keys = List.of("");
    for (int i = 0; i < 14; i++) {
      keys = keys.stream().flatMap(key -> Stream.of(key + "Aa", key + "BB")).toList();
    }
    assertThat(keys.stream().map(String::hashCode).distinct()).hasSize(1);
    String map = keys.stream().map(key -> "'" + key + "': 1").collect(Collectors.joining(", "));

    Duration time = timed(() -> render("{% set m = {" + map + "} %}{{ m | length }}"));

    assertThat(time).as("processor time").isLessThan(SECOND);
  }

  /// A conversation as long as the longest context is far from the bounds.
  @Test
  void aLongConversationIsNoAttack() {
    String template = Records.text("published/llama.cpp-Qwen-Qwen3-0.6B.jinja");
    Map<String, Object> question = Map.of("role", "user", "content", "why? ".repeat(100));
    Map<String, Object> answer = Map.of("role", "assistant", "content", "so. ".repeat(100));
    var messages =
        Stream.iterate(0, i -> i + 1).limit(2001).map(i -> i % 2 == 0 ? question : answer).toList();

    assertThat(Template.read(template).render(Map.of("messages", messages), NOW))
        .hasSizeGreaterThan(900_000);
  }

  @Test
  void aDeadlineEndsWhatStepsDoNot() {
    Bounds endless =
        new Bounds(1 << 20, 100, Long.MAX_VALUE, 250, Long.MAX_VALUE, Duration.ofMillis(1));
    Template template =
        Template.read(
            "{% for a in range(99999) %}{% for a in range(99999) %}{% endfor %}{% endfor %}",
            endless);

    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> template.render(Map.of(), NOW))
        .withMessageContaining("takes longer than");
  }

  private static void render(String template) {
    Template.read(template).render(Map.of(), NOW);
  }

  private static Duration timed(Runnable action) {
    var nanoseconds = new AtomicReference<>(Duration.ZERO);
    Runnable measured =
        () -> {
          action.run();
          nanoseconds.set(
              Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()));
        };
    var thread = new Thread(null, measured, "template", STACK);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return nanoseconds.get();
  }
}
