"""Searches protocol.maude: which promise can be broken, by which rules of a version and with whose keys, and how many states there are."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import maude

MODEL = Path(__file__).with_name("protocol.maude")
# How often ann and lea may act each; ben once less, and he confirms once.
TURNS = 2

VERSION_1 = frozenset({"continuity"})
# As the design has it: each side makes the other's wrap anew, any second certificate confirms, and a browser may do it by itself.
DESIGN = frozenset({"pinned", "oneWay", "personSigns", "boundKey", "confirmed", "tagged"})
VERSION_2 = DESIGN | {"bothWraps", "otherPerson", "looksFirst"}
WITNESSED = VERSION_2 | {"witnessed"}
VERSIONS = {"version 1": VERSION_1, "design": DESIGN, "version 2": VERSION_2, "witness": WITNESSED}
LEAVERS_AND_ROGUE = ("fay", "hal", "rog")
EVERY_SET_OF_KEYS = [
    frozenset(name for place, name in enumerate(LEAVERS_AND_ROGUE) if number >> place & 1) for number in range(2 ** len(LEAVERS_AND_ROGUE))
]


@dataclass(frozen=True)
class Promise:
    """A promise, as the model names it; whose keys the intruder has; and in which of VERSIONS it is broken."""

    review: str
    goal: str
    keys: frozenset[str]
    broken_in: frozenset[str]
    words: str


def promise(review: str, goal: str, keys: str, broken_in: str, words: str) -> Promise:
    return Promise(review, goal, frozenset(keys.split()), frozenset(broken_in.split(", ")) - {""}, words)


PROMISES = [
    promise("P2", "replyLeaks", "", "version 1", "The server does not read what lea writes for ann."),
    promise("P3", "privateChannel", "rog", "version 1", "ann writes nothing that rog's colleagues cannot open."),
    promise("P4", "replyLeaks", "fay", "version 1", "Who left does not read what lea writes for ann in the second epoch."),
    promise("P5", "personLeaks", "hal", "version 1", "A former key-holder does not read what ann writes in the true second epoch."),
    promise("P10", "forgedNow", "rog", "version 1", "lea reads nothing as ann's that rog wrote."),
    promise("N6, late", "forgedLate", "fay", "version 1", "lea reads nothing as ann's, in the first epoch, that fay wrote after she left."),
    promise("N4, fork", "forkLeaks", "hal", "version 1, design", "ann writes into no epoch that a former key-holder forged."),
    promise("N4, fork", "deskForkLeaks", "hal", "version 1, design", "Nor does ben."),
    promise(
        "fork of two", "forkLeaks", "fay hal", "version 1, design, version 2", "ann writes into none that two who left forged together."
    ),
    promise("fork of two", "deskForkLeaks", "fay hal", "version 1, design", "Nor does ben."),
    promise(
        "N10, stale", "staleLeaks", "fay", "version 1, design, version 2", "ann is not kept in the first epoch, where fay still reads."
    ),
    promise("N10, stale", "deskStaleLeaks", "fay", "version 1, design, version 2", "Nor is ben."),
    promise("two verdicts", "twoVerdicts", "rog", "design", "Of one opening with one secret the person and the desk say the same."),
    promise("sender", "forgedReply", "fay hal rog", "", "ann reads nothing as lea's that lea never wrote."),
]
HONEST = {"personRead": "lea reads ann.", "replyRead": "ann reads lea.", "deskOpened": "ann writes where lea opened."}

# Without which rule, of which version, which promise falls, and with whose keys.
NEEDED = [
    ("pinned", "version 2", "replyLeaks", frozenset[str]()),
    ("oneWay", "version 2", "privateChannel", frozenset({"rog"})),
    ("bothWraps", "version 2", "twoVerdicts", frozenset({"rog"})),
    ("personSigns", "version 2", "replyLeaks", frozenset({"fay"})),
    ("boundKey", "version 2", "personLeaks", frozenset({"fay", "hal"})),
    ("tagged", "version 2", "forgedNow", frozenset({"rog"})),
    ("tagged", "version 2", "forgedLate", frozenset({"fay"})),
    ("confirmed", "version 2", "forkLeaks", frozenset({"hal"})),
    ("otherPerson", "version 2", "forkLeaks", frozenset({"hal"})),
    ("looksFirst", "version 2", "forkLeaks", frozenset({"hal"})),
    ("witnessed", "witness", "forkLeaks", frozenset({"fay", "hal"})),
    ("witnessed", "witness", "staleLeaks", frozenset({"fay"})),
]


class Model:
    """The module PROMISES of protocol.maude, loaded once a process."""

    @cached_property
    def _module(self) -> maude.Module:
        maude.init(advise=False)
        if not maude.load(str(MODEL)):
            raise ValueError(f"{MODEL} cannot be read")
        return maude.getModule("PROMISES")

    def _begin(self, rules: frozenset[str], keys: frozenset[str], turns: int) -> maude.Term:
        chosen, held = (", ".join(sorted(each)) or "nothing" for each in (rules, keys))
        term = self._module.parseTerm(f"begin(({chosen}), ({held}), {turns})")
        if term is None:
            raise ValueError(f"no beginning with {chosen} and the keys of {held}")
        return term

    @cache  # noqa: B019 - one model a process, for as long as it runs
    def shortest(self, goal: str, rules: frozenset[str], keys: frozenset[str], turns: int = TURNS) -> list[str] | None:
        """The acts of a shortest run that breaks the promise; None when all states were seen and in none of them it is."""
        found = maude.EqualityCondition(self._module.parseTerm(f"found({goal}, WORLD:World)"), self._module.parseTerm("true"))
        every = self._module.parseTerm("WORLD:World")
        for _, _, path, _ in self._begin(rules, keys, turns).search(maude.ANY_STEPS, every, [found]):
            return [str(step.getLabel()) for step in path() if isinstance(step, maude.Rule)]
        return None

    @cache  # noqa: B019 - as above
    def states(self, rules: frozenset[str], keys: frozenset[str], turns: int = TURNS) -> int:
        """How many states there are, all of which a search that finds nothing has seen."""
        graph, seen = maude.RewriteGraph(self._begin(rules, keys, turns)), 0
        while seen < graph.getNrStates():
            edge = 0
            while graph.getNextState(seen, edge) >= 0:
                edge += 1
            seen += 1
        return seen


MODEL_OF_THE_PROTOCOL = Model()
