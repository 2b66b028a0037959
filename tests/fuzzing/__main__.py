"""`python -m tests.fuzzing --seconds 300 --seed 7`: prints how many cases were tried, and the shortest of each difference."""

import argparse
import itertools
import json
import sys
import time
from collections import Counter
from typing import Any

from tests.fuzzing.compare import cases, differences


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shown", type=int, default=2_000, help="characters of each case that is shown")
    given = parser.parse_args()
    end, seen = time.monotonic() + given.seconds, Counter[str]()
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    asked = itertools.takewhile(lambda _: time.monotonic() < end, cases(given.seed))
    for case, mine, theirs in differences(asked, seen):
        key = case["kind"], json.dumps(mine)[:60], json.dumps(theirs)[:60]
        if key not in found or len(json.dumps(case)) < len(json.dumps(found[key])):
            found[key] = case
    for outcome, count in sorted(seen.items()):
        sys.stdout.write(f"{count:7} {outcome}\n")
    sys.stdout.write(f"{sum(seen.values())} cases, {len(found)} differences\n")
    for (kind, peers, clients), case in found.items():
        sys.stdout.write(f"{kind}\n  peer   {peers}\n  client {clients}\n  {json.dumps(case)[: given.shown]}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
