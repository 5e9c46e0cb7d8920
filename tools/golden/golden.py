"""Golden rows: a number worked out from its definition, with digits to spare, beside its arguments.

A script of this folder prints the rows of one package of theory, or one of its topics:

    pip install mpmath
    python tools/golden/numeric.py > theory/src/test/resources/topdraw/theory/numeric/golden.csv

A row is: function; arguments with blanks between; expected; accepted error, absolute. Arguments are
read as doubles first, so that the expected number belongs to exactly the double that Java reads.
"""

import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 120


def header(*lines):
    script = sys.argv[0].split("/")[-1]
    print(f"# Made by tools/golden/{script} (mpmath {mpmath.__version__}, {mp.dps} digits).")
    for line in lines:
        print("# " + line)
    print("# function; arguments; expected; accepted error")


def shown(x):
    if isinstance(x, int):
        return str(x)
    return repr(float(x)).replace("inf", "Infinity")


def decimal(x):
    if mpmath.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    # Doubles end at 1e-308; a number below them is 0 with an accepted error.
    return mpmath.nstr(mpf(x), 20, min_fixed=-5, max_fixed=15)


def row(function, arguments, expected, relative, absolute=0.0):
    """Prints a row. `arguments` are floats or integers; the error accepted is the larger one."""
    error = 0.0 if mpmath.isinf(expected) else max(float(abs(expected)) * relative, absolute, 5e-324)
    print(f"{function}; {' '.join(shown(a) for a in arguments)}; {decimal(expected)}; {error:.3g}")


def exact(x):
    """The number that a double is."""
    return mpf(float(x)) if not isinstance(x, int) else mpf(x)
