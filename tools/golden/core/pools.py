"""Small pools of draws, written down: the inputs of the golden findings.

Each prompt gives its outcomes as name: (probability, reward, gold reward, tokens, seconds), None where there is none, and the
order in which they were drawn. A probability may be a log-probability where it is negative.
"""

from hashlib import sha256
from math import log


class Pool:
    def __init__(self, name, *prompts, logs="all"):
        self.name = name
        self.prompts = [Prompt(f"q{i}", *p, logs=logs) for i, p in enumerate(prompts)]
        self.logs = logs

    def json(self):
        return {"name": self.name, "log_probabilities_are": self.logs, "prompts": [p.json() for p in self.prompts]}


class Prompt:
    def __init__(self, key, outcomes, drawn, logs):
        self.key = key
        self.drawn = drawn.split()
        fields = [outcomes[o] for o in self.drawn]
        self.log_ps = [None if logs == "none" or f[0] is None else f[0] if f[0] < 0 else log(f[0]) for f in fields]
        self.ranks = [f[1] for f in fields]
        self.golds = [f[2] for f in fields]
        self.tokens = [f[3] for f in fields]
        self.seconds = [f[4] for f in fields]
        self.size = len(self.drawn)

    def json(self):
        def row(i):
            fields = {
                "outcome": self.drawn[i],
                "log_p": self.log_ps[i],
                "reward": self.ranks[i],
                "gold": self.golds[i],
                "tokens": self.tokens[i],
                "seconds": self.seconds[i],
            }
            return {k: v for k, v in fields.items() if v is not None}

        return {"key": self.key, "draws": [row(i) for i in range(self.size)]}


def shuffled(drawn, seed):
    """Another order for each prompt, since an audit refuses prompts that repeat others draw by draw."""
    return [drawn[i] for i in sorted(range(len(drawn)), key=lambda i: sha256(f"{seed} {i}".encode()).digest())]


# No two rewards are equal.
A = {
    "a": (0.3, 1, 0.5, 7, 0.5),
    "b": (0.2, 2, 0.75, 9, 0.25),
    "c": (0.1, 3, 1, 4, 1),
    "d": (0.05, 4, 0.25, 12, 1.5),
    "e": (0.02, 5, 0, 20, 2),
}
# Different completions share rewards; the best is common.
B = {
    "a": (0.25, 1, 0.5, 7, 0.5),
    "b": (0.2, 2, 0.75, 9, 0.25),
    "c": (0.15, 2, 1, 4, 1),
    "d": (0.1, 3, 0.25, 12, 1.5),
    "e": (0.1, 3, 0.5, 20, 2),
}
# One completion takes most of the probability.
C = {"a": (0.6, 5, 0.25, 3, 0.125), "b": (0.2, 4, 1, 5, 0.5), "c": (0.1, 4, 0.5, 6, 0.75), "d": (0.05, 6, 0, 8, 1)}
# Long answers, none of which comes twice.
L = {
    "a": (-200.5, 2, 0.75, 210, 30),
    "b": (-180.25, 2, 0.5, 190, 28),
    "c": (-220, 3.5, 1, 240, 33),
    "d": (-150, -1, 0.25, 160, 25),
    "e": (-199, 3.5, 0.5, 205, 31),
    "f": (-205.75, 0.5, 0, 215, 32),
}
# Scores are missing.
M1 = {"a": (0.3, 1, 0.5, 7, 0.5), "b": (0.25, None, 0.25, 9, 0.25), "c": (0.1, 3, 1, 4, 1), "d": (0.05, 2, 0.75, 2, 1)}
M2 = {"a": (0.2, None, 0.5, 7, 0.5), "b": (0.15, None, None, 9, 0.25), "c": (0.1, 3, 1, 4, 1), "d": (0.05, 2, 0.75, 2, 1)}
M3 = {"a": (0.2, None, 0.5, 7, 0.5), "b": (0.15, None, 0.5, 9, 0.25)}
# Passed or not.
P1 = {"a": (0.4, 0, 0, 7, 0.5), "b": (0.2, 0, 0.5, 9, 0.25), "c": (0.2, 1, 1, 4, 1), "d": (0.1, 1, 0.75, 2, 1)}
P2 = {"a": (0.05, 0, 0, 7, 0.5), "b": (0.5, 1, 0.5, 9, 0.25), "c": (0.1, 1, 1, 4, 1)}
P3 = P1 | {"e": (0.1, None, 0.5, 3, 1)}
# Nothing to choose.
F = {"a": (0.4, 1, 0.5, 7, 0.5), "b": (0.3, 1, 0.25, 9, 0.25), "c": (0.2, 1, 1, 4, 1)}
# Not every draw has a log-probability, a length, a time or a gold reward.
G = {"a": (0.3, 1, 0.5, 7, 0.5), "b": (None, 2, 0.75, None, 0.25), "c": (0.1, 3, 1, 4, 1), "d": (0.05, 4, None, 12, None)}

distinct = Pool("one prompt, no ties", (A, "b a d c a e"))
ties = Pool("three prompts, ties", (B, "a b d a c e"), (C, "a b a c a d"), (L, "a b c d e f"))
levels = Pool(
    "three prompts, ties, no log-probabilities", (B, "a b d a c e"), (C, "a b a c a d"), (L, "a b c d e f"), logs="none"
)
unproven = Pool(
    "three prompts, ties, log-probabilities of which nothing is said",
    (B, "a b d a c e"),
    (C, "a b a c a d"),
    (L, "a b c d e f"),
    logs="unknown",
)
missing = Pool("three prompts, scores missing", (M1, "a b c a d"), (M2, "a c b d b"), (M3, "a b a"), (A, "a c e b d"))
crowd = Pool(
    "eighteen prompts, ties",
    *[(B, "a b d a b a"), (C, "a b a c a d"), (L, "a b c d e f"), (B, "e a c b c a"), (C, "a a a a b a"), (A, "a c a b d a")] * 3,
)
binary = Pool("three prompts, passed or not", (P1, "a b c a d a"), (P2, "b a c b b b"), (P1, "a a b a a c"))
binary_levels = Pool(
    "many prompts, passed or not, no log-probabilities",
    *[(P1, "a b c a d a b a"), (P2, "b c c b a b b c"), (P1, "a a b a b a a b"), (P2, "b c b c b b c b")] * 5,
    logs="none",
)
flat = Pool("two prompts, all rewards equal", (F, "a b a c"), (F, "c b a a"))
flat_levels = Pool(
    "two prompts, all rewards equal, no log-probabilities", (F, "a b a c a b c a"), (F, "c b a a b a a c"), logs="none"
)
sizes = Pool("four prompts of different sizes", (A, "a c b"), (B, "d a b c"), (C, "a a b d a c"), (L, "f e d c b a"))
few_long = Pool("four prompts, one of which has more than two draws", (A, "a c"), (B, "d a"), (C, "a b"), (B, "e a b d a c"))
coarse = Pool(
    "forty prompts, mostly equal rewards, no log-probabilities",
    *[(outcomes, " ".join(shuffled(drawn.split(), j))) for j, (outcomes, drawn) in enumerate(
        [
            (P2, "b b b c b b b a b c b b"),
            (F, "a b a c a b a a b c a b"),
            (P2, "b c b b b b b b c b a b"),
            (F, "b a a c a b b a b a a c"),
        ]
        * 10
    )],
    logs="none",
)
binary_missing = Pool("three prompts, passed or not, a score missing", (P3, "a b c a d e"), (P2, "b a c b b b"), (P3, "e a b a a c"))
alone = Pool("four prompts of one draw", (A, "a"), (B, "d"), (C, "a"), (L, "c"))
partial = Pool("two prompts, things missing", (G, "a b c d a"), (G, "b a c b c"))
unknown = Pool(
    "two prompts, one without log-probabilities",
    (B, "a b d c b e"),
    ({"a": (None, 1, 0.5, 7, 0.5), "b": (None, 2, 0.75, 9, 0.25)}, "a b b a a b"),
)
never = Pool("two prompts, one never passes", (A, "a b a b a"), (A, "c e d a b"))
L10 = L | {
    "g": (-190, 1, 0.5, 188, 27),
    "h": (-205, 2, 1, 207, 31),
    "i": (-188.5, 5, 0.75, 180, 26),
    "j": (-210, 0.5, 0, 213, 33),
}
PILOT = [
    (A, "b a c a d a e b a b"),
    (B, "a b d a c b e a c a"),
    (C, "a b a c a a d a b a"),
    (L10, "a b c d e f g h i j"),
    (A, "a c b a b a d a b a"),
    (B, "c b a e a d b a a b"),
    (C, "b a a a c a a d a b"),
    (A, "d a b c a b a a c a"),
]
pilot = Pool("twenty-four prompts", *PILOT * 3)
pilot_levels = Pool("twenty-four prompts, no log-probabilities", *PILOT * 3, logs="none")
pilot_missing = Pool(
    "prompts with missing scores",
    *[(M1, "a b c a d a b a"), (M2, "a c b d b a c b"), (A, "a c b a b a d a"), (M3, "a b a b")] * 4,
)
# Beyond three draws nothing more can be won.
S = {"a": (0.5, 1, 0.5, 7, 0.5), "b": (0.3, 1, 0.75, 9, 0.25), "c": (0.1, 0, 1, 4, 1)}
saturated = Pool("fourteen prompts that are soon saturated", *[(S, "a c b a a b a b"), (S, "a b a b c a a b")] * 7)
nearly_saturated = Pool(
    "fourteen prompts that are nearly saturated",
    *[(S, "a c b a a b a b"), (S, "a b a b c a a b")] * 6,
    (S, "a c b c a a b b"),
    (S, "b a a b a a b a"),
)
# Of more draws the lower bound on the mean reward first falls: one prompt is far above the others.
U1 = {"a": (0.6, 0, 0, 5, 1), "b": (0.2, 1.5, 0, 5, 1)}
U2 = {"a": (0.5, 0, 0, 5, 1), "c": (0.4, 35, 0, 5, 1)}
uneven = Pool(
    "twelve prompts of uneven rewards",
    *[(U1, "a a a b a a"), (U1, "a b a a a a"), (U1, "a a a a a b")] * 3,
    (U2, "a c c a a c"),
    (U1, "a a b a a a"),
    (U1, "b a a a a a"),
)
TABLE = {
    "a": (None, 0, 0, 5, 1),
    "b": (None, 1, 0, 5, 1),
    "c": (None, 1.5, 0, 5, 1),
    "d": (None, 3, 0, 5, 1),
    "e": (None, 3.5, 0, 5, 1),
    "f": (None, -2, 0, 5, 1),
    "g": (None, 4, 0, 5, 1),
    "h": (None, 8, 0, 5, 1),
}
tables = Pool(
    "three prompts of eight samples",
    (TABLE, "a b c d e f g h"),
    (TABLE, "a a b b d d e g"),
    (TABLE, "h f a a b c c c"),
    logs="none",
)
# A proxy that is right about most draws and wrong about the best.
H1 = {"a": (0.2, 0, 0.25, 10, 1), "b": (0.1, 1, 0.75, 12, 1), "c": (0.05, 2, 1, 15, 1), "d": (0.02, 3, 0.125, 40, 1)}
H2 = {"a": (0.25, 0.5, 0, 8, 1), "b": (0.15, 1, 0.5, 9, 1), "c": (0.05, 1.5, 0.875, 20, 1), "d": (0.05, 9, 0.25, 33, 1)}
H3 = {"a": (0.3, -1, 0.5, 11, 1), "b": (0.25, 2, 0.5, 13, 1), "c": (0.2, 2, 1, 10, 1), "d": (0.05, 4, 0, 60, 1)}
HX = {"a": (0.5, 0, None, 8, 1), "b": (0.2, 1, 0.5, 9, 1)}
gold_three = Pool(
    "a proxy and a gold reward, three prompts and two left out",
    (H1, "a b c d"),
    (H2, "a c b a d"),
    (H3, "a b c a d a"),
    (HX, "a b a b"),
    (H1, "a"),
)
gold_six = Pool("a proxy and a gold reward, six prompts of two kinds", *[(H1, "a b a c d a")] * 5, (H2, "b a c a d a"))
gold_six_levels = Pool(
    "a proxy and a gold reward, six prompts of two kinds, no log-probabilities",
    *[(H1, "a b a c d a")] * 5,
    (H2, "b a c a d a"),
    logs="none",
)
gold_two_to_one = Pool("a proxy and a gold reward, three prompts of two kinds", *[(H1, "a b a c d a")] * 2, (H2, "b a c a d a"))
gold_four = Pool(
    "a proxy and a gold reward, four prompts", (H1, "a b c d"), (H2, "a c b a d"), (H3, "a b c a"), (H1, "a a b c b")
)
gold_alike = Pool("a proxy and a gold reward, twenty-four prompts alike", *[(H1, "a b c b d a")] * 24)
single = Pool("one prompt, ties", (B, "e a b d a c b a"))
many = Pool("one prompt of 130 draws", (B, " ".join(("abacadaebacbadcaebaacb" * 6)[:130])))

ALL = [pool for pool in list(globals().values()) if isinstance(pool, Pool)]
