"""What these scripts share. Each is given the gateway's address, as http://127.0.0.1:8080/v1, prints a line for each check, and
fails with the first that does not hold. OPENAI_API_KEY is the gateway's key, where it wants one."""

import math
import os
import sys
from importlib.metadata import version

URL = sys.argv[1].rstrip("/")
MODEL = "topdraw"
BUDGETED = "budgeted"  # an alias with a hard budget of a few answers, where there is one
BLOCKWISE = "blockwise"  # an alias that chooses block by block, where there is one
KEY = os.environ.get("OPENAI_API_KEY", "none")
QUESTION = [{"role": "user", "content": "Name one colour."}]


def check(package, what):
    """Runs the function below it, and says that it held."""

    def run(function):
        function()
        print(f"ok  {package} {version(package)}: {what}", flush=True)

    return run


def require(holds, *seen):
    if not holds:
        raise AssertionError(" ".join(map(repr, seen)))


def best_of(n, topdraw):
    """Requires the object of an answer that is the best of n, with the textbook's bound on its drift."""
    require(topdraw["method"] == "best-of-n" and topdraw["n_drawn"] == n, topdraw)
    bounds = [f["value"] for f in topdraw["findings"] if f["estimator"] == "textbook_kl"]
    require(len(bounds) == 1 and abs(bounds[0] - (math.log(n) - (n - 1) / n)) < 1e-12, topdraw)
