"""A reward as a program: how polite a completion sounds.

    topdraw sample "Please help me." -n 8 --reward "process:python3 examples/score_politeness.py"

A JSON line in for each call, a JSON line out:
    {"items": [{"id": "0", "prompt": "...", "completion": "..."}]}
    {"rewards": [{"id": "0", "value": 2}]}
"""

import json
import re
import sys

POLITE = re.compile(r"\b(please|thank|glad|happy to|of course|welcome)\b", re.IGNORECASE)

for line in sys.stdin:
    items = json.loads(line)["items"]
    rewards = [{"id": item["id"], "value": len(POLITE.findall(item["completion"]))} for item in items]
    print(json.dumps({"rewards": rewards}), flush=True)
