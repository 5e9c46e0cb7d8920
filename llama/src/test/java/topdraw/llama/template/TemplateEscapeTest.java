package topdraw.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways out of a sandbox, of Java's and Python's Jinja alike: each is an error or leads to nothing.
class TemplateEscapeTest {
  private static final Map<String, Object> VARIABLES =
      Map.of("s", "text", "n", 1, "l", List.of(1), "m", Map.of("k", "v"));

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "____int3rpr3t3r____",
        "____int3rpr3t3r____.config",
        "____int3rpr3t3r____.config.objectMapper",
        "s.class",
        "s.getClass()",
        "s.getClass",
        "s['class']",
        "s['getClass']()",
        "s.bytes",
        "s.chars()",
        "s.toString()",
        "s.value",
        "s.hashCode()",
        "n.class.forName('java.lang.Runtime')",
        "n.byteValue()",
        "l.class",
        "l.size()",
        "l.stream()",
        "l.items",
        "m.entrySet()",
        "m.entries",
        "m.class",
        "m.put('a', 1)",
        "m.update({'a': 1})",
        "l.append(2)",
        "l.clear()",
        "s.__class__",
        "s['__class__']",
        "s.__class__.__mro__[1].__subclasses__()",
        "''.__class__.__base__.__subclasses__()",
        "s.__init__.__globals__",
        "range.__globals__",
        "range.call",
        "namespace.__init__.__globals__['sys']",
        "namespace().__class__",
        "namespace(__class__=1)",
        "cycler.__init__.__globals__.os.popen('id').read()",
        "lipsum.__globals__",
        "self",
        "self._TemplateReference__context",
        "self.__dict__",
        "request",
        "config",
        "environ",
        "loop.call",
        "s|attr('__class__')",
        "s|attr('upper')",
        "s|map(attribute='__class__')|list|join",
        "[s]|map('attr', '__class__')|list",
        "[s]|map(attribute='__class__')|join",
        "([s]|selectattr('__class__')|list|length) or ''",
        "'{0.__class__}'.format(s)",
        "'{0[0]}'.format(s)",
        "'{a.b}'.format(a=s)",
        "'{!r:>99999999}'.format(s)",
        "'%(a)s'|format(a=s.__class__)",
        "s.format_map(m)",
        "dict.__class__",
        "dict.fromkeys",
        "dict.__subclasses__()",
        "s.upper.__self__",
        "s.upper.call",
        "m.get.__func__",
        "raise_exception.__code__",
        "strftime_now.__globals__",
        "strftime_now('%{id}')",
        "include('/etc/passwd')",
        "open('/etc/passwd').read()",
        "import('os')",
        "__import__('os')",
        "s|random",
        "s|pprint",
        "s|filesizeformat",
        "s|urlize",
        "s is sameas s",
        "T(java.lang.Runtime).getRuntime()",
        "#{1+1}",
        "${7*7}",
        "s.replace('t', s.class)"
      })
  void aWayOutIsAnErrorOrNothing(String expression) {
    assertThat(outcome("{{ " + expression + " }}")).isIn("", "error");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as x %}",
        "{% from '/etc/passwd' import x %}",
        "{% extends '/etc/passwd' %}",
        "{% block a %}{% endblock %}",
        "{% do s.getClass() %}",
        "{% python %}1{% endpython %}",
        "{% set s.value = 'x' %}",
        "{% set m.k = 'x' %}",
        "{% set m['k'] = 'x' %}",
        "{% set ns = namespace() %}{% set ns.__class__ = 1 %}",
        "{% set range = s.class %}{{ range }}",
        "{% for x in s.class %}{{ x }}{% endfor %}",
        "{% for x in s %}{{ x.class }}{% endfor %}",
        "{% macro m() %}{{ varargs.class }}{{ kwargs.class }}{% endmacro %}{{ m(1) }}",
        "{% filter attr('class') %}{% endfilter %}",
        "{% autoescape true %}{% endautoescape %}",
        "{% debug %}",
        "{% trans %}x{% endtrans %}",
        "{% unless s %}{% endunless %}",
        "{% ifchanged s %}{% endifchanged %}"
      })
  void aTagThatLeadsOutIsAnErrorOrNothing(String template) {
    assertThat(outcome(template)).isIn("", "error");
  }

  private static String outcome(String template) {
    try {
      return Template.read(template).render(VARIABLES, LocalDateTime.parse("2025-03-09T14:05:06"));
    } catch (TemplateException e) {
      assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(300);
      return "error";
    }
  }
}
