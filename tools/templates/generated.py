"""Small random templates, one a seed, that use what chat templates use and more.

Variables are those of VARIABLES. What a template prints is up to whoever renders it; most are sound, some are errors.
"""

import random

VARIABLES = {
    "s": "Hello, World",
    "t": " a-b  c\n\td \u00e9\U0001f600 ",
    "e": "",
    "n": 7,
    "z": 0,
    "f": 2.5,
    "yes": True,
    "no": False,
    "nil": None,
    "xs": [3, 1, 2, 3],
    "words": ["pear", "Apple", "fig", "apple"],
    "mixed": [1, "a", None, True, 2.0, [1], {"k": "v"}],
    "d": {"b": 1, "a": "x", "items": [1, 2], "in ner": {"deep": "<&>\"'"}},
    "people": [
        {"name": "Ada", "age": 36, "tags": ["x", "y"]},
        {"name": "bob", "age": 5, "tags": []},
        {"name": "Cy", "tags": ["y"], "age": 36},
    ],
}

STRINGS = ["''", "'a'", "'l'", "', '", "'Hello'", "'\\n'", "' '", "'%s'", "'b'", "\"it's\"", "'\\u00e9x'", "'-'", "'<b>'"]
NUMBERS = ["0", "1", "2", "-1", "3", "10", "2.5", "0.1", "1e3", "-7", "1_000", "007"[2:]]
NAMES = list(VARIABLES) + ["missing", "x", "y", "ns.v"]


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.depth = 0

    def one(self, *options):
        return self.r.choice(options)

    def atom(self):
        k = self.r.random()
        if k < 0.45:
            return self.r.choice(NAMES)
        if k < 0.65:
            return self.r.choice(STRINGS)
        if k < 0.8:
            return self.r.choice(NUMBERS)
        return self.one("true", "false", "none", "[]", "{}", "()", "(1,)", "[1, 'a']", "{'k': 1}", "range(4)|list", "True", "None")

    def expr(self):
        self.depth += 1
        try:
            if self.depth > 4 or self.r.random() < 0.25:
                return self.atom()
            return getattr(self, self.one(
                "binary", "binary", "compare", "logic", "unary", "cond", "part", "part", "slice", "method", "method",
                "filter", "filter", "filter", "test", "test", "literal", "concat", "call", "percent"))()
        finally:
            self.depth -= 1

    def wrapped(self):
        return self.one("({})", "({})", "{}").format(self.expr())

    def binary(self):
        return f"{self.wrapped()} {self.one('+', '-', '*', '/', '//', '%', '**', '+', '+')} {self.wrapped()}"

    def compare(self):
        ops = ["==", "!=", "<", "<=", ">", ">=", "in", "not in"]
        more = f" {self.one(*ops)} {self.wrapped()}" if self.r.random() < 0.15 else ""
        return f"{self.wrapped()} {self.one(*ops)} {self.wrapped()}{more}"

    def logic(self):
        return f"{self.wrapped()} {self.one('and', 'or')} {self.wrapped()}"

    def unary(self):
        return f"{self.one('not ', '-', '+', 'not ')}{self.wrapped()}"

    def cond(self):
        other = f" else {self.wrapped()}" if self.r.random() < 0.8 else ""
        return f"({self.wrapped()} if {self.wrapped()}{other})"

    def part(self):
        return self.one(
            "d.{}", "d['{}']", "people[0].{}", "people[{i}]['{}']", "({e}).{}", "({e})[{i}]", "xs[{i}]", "words[{i}]", "s[{i}]",
            "({e})['{}']", "mixed[{i}]", "xs.0", "d.{}.{}").format(
            self.key(), self.key(), e=self.expr(), i=self.one("0", "1", "-1", "9", "n", "'a'", "yes"))

    def key(self):
        return self.one("a", "b", "name", "age", "tags", "missing", "deep", "_x")

    def slice(self):
        b = lambda: self.one("", "", "0", "1", "2", "-1", "-2", "9", "none", "-9")
        step = f":{self.one('', '1', '2', '-1', '-2', '9', '-9')}" if self.r.random() < 0.4 else ""
        return f"({self.one('s', 't', 'xs', 'words', 'people', 's', 'words', 'd.items()|list')})[{b()}:{b()}{step}]"

    def args(self, *choices):
        return self.one(*choices)

    def method(self):
        text = self.one("s", "t", "e", "'aXbX'", "'  pad '", f"({self.expr()})")
        mapping = self.one("d", "people[0]", "{'q': 1, 'r': [2]}", f"({self.expr()})")
        calls = [
            (text, ["strip()", "lstrip()", "rstrip()", "strip('a ')", "lstrip('H')", "rstrip('dl')", "upper()", "lower()",
                    "title()", "capitalize()", "swapcase()", "startswith('H')", "startswith(('a', 'H'))", "endswith('d')", "endswith('')",
                    "removeprefix('He')", "removesuffix('ld')", "replace('l', 'LL')", "replace('l', '', 1)", "replace('', '.')",
                    "split()", "split(' ')", "split('l')", "split('l', 1)", "split(none, 1)", "rsplit('l', 1)", "rsplit()", "rsplit(none, 1)", "split(sep='l', maxsplit=1)",
                    "splitlines()", "splitlines(true)", "partition('l')", "rpartition('l')", "partition('q')", "rpartition('q')", "join(['a', 'b'])", "join(words)",
                    "find('l')", "rfind('l')", "find('q')", "find('l', 3)", "find('l', 3, 5)", "find('l', -3)", "index('l')", "count('l')", "count('')", "center(20)", "center(21, '*')",
                    "ljust(15)", "rjust(15, '.')", "zfill(15)", "isalpha()", "isdigit()", "isspace()", "isupper()", "islower()", "isalnum()", "isdecimal()", "isnumeric()", "isascii()",
                    "format(1)", "split('l')[0]", "split('\\n')[-1].strip()", "nothing()", "append(1)"]),
            (mapping, ["items()|first", "keys()|join", "values()|length", "get('a')", "get('zz')", "get('zz', 1)", "get('name', none)", "items()|list", "keys()|list",
                       "values()|list", "copy()", "items()|length", "get(none)", "update({})", "pop('a')"]),
            ("xs", ["count(3)", "index(2)", "index(9)", "copy()", "append(1)", "sort()", "pop()"]),
            ("'{} and {x}'", ["format(1, x='y')", "format(s, x=xs)", "format(1)"]),
            ("'%s|%r|%5d|%-6s|%05.1f'", ["upper()"]),
        ]
        target, methods = self.r.choice(calls[:2] * 3 + calls)
        return f"{target}.{self.r.choice(methods)}"

    def filter(self):
        target = self.one("s", "t", "xs", "words", "people", "d", "mixed", "n", "f", f"({self.expr()})", f"({self.expr()})", "d.items()|list", "e", "missing", "d['items']")
        f = self.one(
            "abs", "batch(2)|list", "batch(2, 'x')|list", "capitalize", "center(15)", "count", "default('D')", "default('D', true)", "d(1)",
            "dictsort", "dictsort(true, 'key', true)", "dictsort(by='value')", "e", "escape", "first", "float", "float(1.5)", "groupby('age')|list",
            "groupby('age')", "indent", "indent(2)", "indent(2, true)", "indent('> ', blank=true)", "int", "int(5)", "int(base=16)", "items|list", "join", "join(', ')",
            "join(', ', attribute='name')", "last", "length", "list", "lower", "map('upper')|list", "map(attribute='name')|list",
            "map(attribute='zz', default='?')|list", "map('length')|list", "max", "min", "max(attribute='age')", "reject('odd')|list", "rejectattr('age', 'eq', 5)|list",
            "rejectattr('tags')|map(attribute='name')|join", "replace('l', 'L')", "replace('l', 'L', 1)", "replace(1, 2)", "reverse|list", "round", "round(1)",
            "round(1, 'floor')", "round(method='ceil')", "safe", "select|list", "select('string')|list", "select('in', [1, 2])|list", "selectattr('age', 'gt', 6)|map(attribute='name')|list",
            "selectattr('name', 'equalto', 'bob')|list", "selectattr('tags')|list|length", "slice(2)|list", "slice(3, 'x')|list", "sort", "sort(true)", "sort(case_sensitive=true)",
            "sort(attribute='age')|map(attribute='name')|list", "sort(attribute='age,name')|map(attribute='name')|join", "string", "sum", "sum(attribute='age')", "title", "tojson",
            "tojson(indent=2)", "tojson(ensure_ascii=true)", "tojson(separators=(',', ':'))", "tojson(sort_keys=true, indent=1)", "trim", "trim('H d')", "unique|list", "unique(true)|list", "unique(attribute='age')|map(attribute='name')|list", "upper", "wordcount", "safe + '<i>'",
            "format(1)", "selectattr('name')|first", "map('int')|sum", "list|length", "items|list|length", "first|upper", "last|default('L')")
        return f"{target}|{f}"

    def test(self):
        target = self.one(*NAMES, f"({self.expr()})", f"({self.expr()})")
        name = self.one(
            "defined", "undefined", "none", "boolean", "true", "false", "integer", "float", "number", "string", "mapping", "iterable", "sequence",
            "odd", "even", "divisibleby 2", "divisibleby(3)", "lower", "upper", "callable", "eq 7", "ne 'a'", "gt 3", "ge(7)", "lt 3", "le 2.5", "==7", "in [1, 2]", "in 'Hello'",
            "sameas none", "sameas true", "equalto 1", "escaped", "filter", "test", "greaterthan 1", "lessthan(9)")
        if name.startswith("=="):
            name = "eq(7)"
        return f"({target} is {self.one('', '', 'not ')}{name})"

    def literal(self):
        items = ", ".join(self.expr() for _ in range(self.r.randrange(3)))
        return self.one(f"[{items}]", f"({items},)" if items else "()", f"{{'k': {self.expr()}, 'l': {self.expr()}}}", f"dict(a={self.expr()})")

    def concat(self):
        return f"{self.wrapped()} ~ {self.wrapped()}"

    def call(self):
        return self.one("range(3)|list", "range(1, 8, 3)|list", "range(5, 0, -2)|list", "range(2)|list", "m(1)", "m(a=2, b='q')", "m()", "m(1, 2, 3)", "m(zz=1)", "range(3)|sum",
                        "namespace(a=1).a", "dict(d, c=2)|tojson", f"range({self.wrapped()})|list", "raise_exception('no')" if self.r.random() < 0.1 else "m(9)",
                        "strftime_now('%d %b %Y')", "m(*xs[:2])", "m(**{'b': 5})", "nofunction()", "loop.index", "loop.last", "loop.cycle('a', 'b')", "loop.previtem", "loop.length")

    def percent(self):
        return self.one(f"'%s' % {self.wrapped()}", f"'%s-%s' % ({self.expr()}, {self.expr()})", "'%d|%5d|%-5d|%05d|%+d' % (n, n, n, n, n)", "'%.2f|%8.3f|%f' % (f, f, n)",
                        "'%x|%X' % (255, 255)", "'%(a)s %(b)d%%' % d", f"'%r' % ({self.expr()},)", "'%5s|%-5s|%.2s' % ('ab', 'ab', 'abcd')", f"'%d' % {self.wrapped()}")

    def tag(self, body):
        left, right = self.one("", "", "-", "+"), self.one("", "", "-", "")
        return "{%" + left + f" {body} " + right + "%}"

    def space(self):
        return self.one("", "", " ", "\n", "  \n", "\n  ", " text ", "text\n", "\t", "\n\n")

    def show(self):
        return self.one("{{ %s }}", "{{- %s }}", "{{ %s -}}", "{{%s}}") % self.expr()

    def statement(self, level=0):
        inner = lambda: self.body(level + 1)
        k = self.r.random()
        if level > 2 or k < 0.5:
            return self.show()
        if k < 0.62:
            other = self.one("", self.tag("else") + inner(), self.tag(f"elif {self.expr()}") + inner() + self.tag("else") + inner())
            return self.tag(f"if {self.expr()}") + inner() + other + self.tag("endif")
        if k < 0.78:
            head = self.one("x in xs", "x in words", "x in people", "k, x in d.items()", f"x in {self.wrapped()}", "x in range(3)", "x in xs if x is odd", "x in people if x.age > 6", "x in s", "x in d|dictsort")
            out = self.one("", self.tag("else") + inner())
            stop = self.tag("if loop.index > 2") + self.tag(self.one("break", "continue")) + self.tag("endif") if self.r.random() < 0.2 else ""
            return self.tag(f"for {head}") + inner() + stop + self.one("", "{{ loop.index0 }}", "{{ x }}", ",") + self.tag("endfor") + out
        if k < 0.88:
            return self.tag(self.one(f"set x = {self.expr()}", f"set ns.v = {self.expr()}", "set x, y = 1, 2", f"set x = x ~ {self.wrapped()}", "set ys = xs[1:]", "set y = xs + [4]"))
        if k < 0.91:
            return self.tag(self.one("set x", "set x | upper", "set x|trim|length")) + inner() + self.tag("endset")
        if k < 0.93:
            return self.tag("with x = " + self.expr()) + inner() + self.tag("endwith")
        if k < 0.95:
            return self.tag("filter " + self.one("upper", "trim", "indent(1)", "replace('a', 'b')")) + inner() + self.tag("endfilter")
        if k < 0.97:
            return self.tag("call m(1)") + inner() + self.tag("endcall")
        if k < 0.98:
            return self.tag("generation") + inner() + self.tag("endgeneration")
        return self.one("{# note #}", "{#- note -#}", "{% raw %} {{ x }} {% endraw %}", "{%- raw -%} {% if %} {%- endraw -%}")

    def body(self, level=0):
        return "".join(self.space() + self.statement(level) + self.space() for _ in range(self.r.randrange(1, 3)))

    def template(self):
        start = self.tag("set ns = namespace(v=1)") + self.tag("macro m(a, b=2)") + self.one(
            "[{{ a }}{{ b }}]", "{{ caller() if caller is defined else a }}", "{{ varargs }}{{ kwargs|length }}{{ a }}") + self.tag("endmacro")
        return start + "".join(self.body() for _ in range(self.r.randrange(1, 4)))


def template(seed):
    return Generator(seed).template()
