"""Writes the golden findings of core: what the program must find on small pools, worked out a second way.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install mpmath==1.4.1 scipy==1.17.1 numpy==2.4.6
    /tmp/golden/bin/python tools/golden/core_findings.py            (or only some resources, by name)

Every number is made by enumeration in exact fractions or from a plain formula at 40 digits (core/formulas.py says which, by its
number in the paper or in docs/theory.md), never by the program. A resource is a list of cases: a question (pool, settings,
confidence) and all findings there must be.
"""

import json
import pathlib
import sys

from core import analysis, coverage, gold, plans, pools, rounds

RESOURCES = pathlib.Path(__file__).parents[2] / "core/src/test/resources/topdraw/golden"


def write(name, items):
    """A line an item, so that a change is seen where it is."""
    lines = []
    for item in items:
        if "findings" in item:
            findings = ",\n  ".join(json.dumps(f) for f in item["findings"])
            lines.append(f'{{"question": {json.dumps(item["question"])}, "findings": [\n  {findings}]}}')
        else:
            lines.append(json.dumps(item))
    (RESOURCES / f"{name}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


RESOURCE_CASES = {
    "pools": lambda: [pool.json() for pool in pools.ALL],
    "analysis": analysis.cases,
    "prompt-pool": rounds.pool_cases,
    "rounds": rounds.round_cases,
    "blockwise": rounds.blockwise_cases,
    "pilot-plan": plans.pilot_cases,
    "theory-plan": plans.theory_cases,
    "gold": gold.cases,
    "coverage": coverage.entries,
    "side-by-side": plans.side_by_side_cases,
}


def main():
    for name in sys.argv[1:] or RESOURCE_CASES:
        write(name, RESOURCE_CASES[name]())


if __name__ == "__main__":
    main()
