"""Two implementations are asked the same, and must say the same: the Python peer, and the browser's client in node."""

import json
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from typing import Any

from messaging.protocol.peer import ProtocolError
from messaging.protocol.peer.errors import BadWords
from messaging.release.build import CLIENT, install, node_path
from tests.fuzzing.changes import FROM_ELSEWHERE, changed
from tests.fuzzing.texts import plaintext
from tests.messaging.protocol.vectors import class_name, load, names
from tests.vectors.runner import run

# A reading makes many wraps again: of what takes so long there are fewer.
SELDOM = {"thread", "thread-again", "open-desk", "open-desk-again", "opening", "grant", "vault"}
Case = dict[str, Any]


def cases(seed: int) -> Iterator[Case]:
    """Endless; the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - to choose what to try, not to keep a secret
    kinds: dict[str, list[Case]] = {}
    for name in names():
        case = load(name)
        # A passphrase is slow to derive, on purpose.
        if case["kind"] in FROM_ELSEWHERE and "passphrase" not in case["input"]:
            kinds.setdefault(case["kind"], []).append({"kind": case["kind"], "input": case["input"], "expect": case.get("expect")})
    weights = [1 if kind in SELDOM else 3 for kind in kinds]
    while True:
        if draw.random() < 0.3:
            yield plaintext(draw)
            continue
        [kind] = draw.choices(list(kinds), weights)
        yield changed(draw.choice(kinds[kind]), kinds[kind], draw)


def of_peer(case: Case) -> Case:
    """The result, or the class of the error, as vectors have it."""
    try:
        return {"expect": json.loads(json.dumps(run(case)))}
    except BadWords as error:
        return {"error": "BadWords", "index": error.index}
    except ProtocolError as error:
        return {"error": class_name(error)}
    except Exception as error:  # noqa: BLE001 - whatever else comes out is a difference, and has to be shown
        return {"error": repr(error)}


class Client:
    """The browser's client in a process of node, until the end of a `with`."""

    def __enter__(self) -> "Client":
        install()
        command = [node_path(), CLIENT / "tests" / "parts" / "outcomes.ts"]
        self.process = subprocess.Popen(command, cwd=CLIENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def ask(self, case: Case) -> Case:
        """Raises AssertionError when node has ended."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(case) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said, f"node has ended at {case}"
        return dict(json.loads(said))


def alike(mine: Case, theirs: Case) -> bool:
    """K itself cannot be read out of the browser's key: the client's runner says only whether it is the one that a vector expects."""
    found = [dict(each.get("expect") or {}) for each in (mine, theirs)]
    for each in found:
        each.pop("secret", None)
    return found[0] == found[1] and mine.get("error") == theirs.get("error") and mine.get("index") == theirs.get("index")


def differences(asked: Iterator[Case], seen: Counter[str]) -> Iterator[tuple[Case, Case, Case]]:
    """Cases with what the peer and the client say of them, where it is not the same; `seen` counts all, by kind and outcome."""
    with Client() as client:
        for case in asked:
            theirs, mine = client.ask(case), of_peer(case)
            seen[f"{case['kind']} {mine.get('error', 'holds')}"] += 1
            if not alike(mine, theirs):
                yield case, mine, theirs
