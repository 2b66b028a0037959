"""Writes all vectors: `python -m tests.vectors.make`. The same bytes each time."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.vectors.making import (
    again,
    arrivals,
    carries,
    certificates,
    chain,
    confirmations,
    desk_readings,
    disclosures,
    drafts,
    encodings,
    envelopes,
    grants,
    mixed,
    notes,
    open_desks,
    openings,
    plaintexts,
    proofs,
    pulse_pages,
    pulses,
    readings,
    receipts,
    released,
    tags,
    threads,
    vaults,
    waiting,
    weak,
    wraps,
    writing,
)
from tests.vectors.making.stage import Case, Cast
from tests.vectors.runner import run
from tests.world.peers import DESKS_ALONE

HOME = Path(__file__).parent


def all_cases(cast: Cast) -> Iterator[Case]:
    yield from encodings.cases(cast)
    yield from vaults.cases(cast)
    yield from certificates.cases(cast)
    yield from chain.cases(cast)
    yield from confirmations.cases(cast)
    yield from grants.cases(cast)
    yield from open_desks.cases(cast)
    yield from openings.cases(cast)
    yield from envelopes.cases(cast)
    yield from plaintexts.cases()
    yield from threads.cases(cast)
    yield from arrivals.cases(cast)
    yield from receipts.cases(cast)
    yield from tags.cases(cast)
    yield from pulses.cases(cast)
    yield from pulse_pages.cases(cast)
    yield from again.cases(cast)
    yield from waiting.cases(cast)
    yield from released.cases(cast)
    yield from notes.cases(cast)
    yield from carries.cases(cast)
    yield from disclosures.cases(cast)
    yield from proofs.cases(cast)
    yield from drafts.cases(cast)
    yield from readings.cases(cast)
    yield from desk_readings.cases(cast)
    yield from weak.cases(cast)
    yield from mixed.cases(cast)
    yield from wraps.cases()
    yield from writing.cases(cast)


def as_answered(given: dict[str, Any]) -> dict[str, Any]:
    """The input with answers exactly as the interfaces give them: the person's (§7.6) names no inbox id, the desk's (§8.3) does."""
    if given.get("reader", {}).get("side") != "person":
        return given
    answers = [key for key in ("answer", "before", "after") if key in given]
    return {
        **given,
        **{key: {name: value for name, value in given[key].items() if name not in ("inbox_id", *DESKS_ALONE)} for key in answers},
    }


def written(case: Case) -> dict[str, Any]:
    """The file's content; what is expected of a good case is what the peer makes of it, and its intermediates."""
    content: dict[str, Any] = {
        "name": case.name,
        "section": case.section,
        "kind": case.kind,
        "about": case.about,
        "input": as_answered(case.input),
    }
    if case.error is None:
        return {**content, "expect": run(content)}
    return {**content, "error": case.error} | ({"index": case.index} if case.error == "BadWords" else {})


def make(out: Path) -> list[str]:
    """Writes the files into a folder, takes away those that are no longer cases, and gives the names."""
    names: list[str] = []
    out.mkdir(exist_ok=True)
    for case in all_cases(Cast()):
        if case.name in names:
            raise ValueError(f"two cases are called {case.name}")
        names.append(case.name)
        (out / f"{case.name}.json").write_text(json.dumps(written(case), indent=1, ensure_ascii=True) + "\n")
    for path in out.glob("*.json"):
        if path.stem not in names:
            path.unlink()
    return names


if __name__ == "__main__":
    sys.stdout.write(f"{len(make(HOME / 'cases'))} cases\n")
