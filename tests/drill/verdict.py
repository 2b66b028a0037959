"""What is left of a drill, in words: a table of the faults, and what was lost, halved, given twice, or told wrongly."""

from collections import Counter
from collections.abc import Iterable, Sequence

from messaging.models import Conversation
from tests.drill.measuring import Row
from tests.drill.talking import Talking
from tests.journeys import chaos_findings as findings
from tests.journeys.chaos_writers import Writer

HEAD = (
    "fault",
    "times",
    "held",
    "taken",
    "tries failed",
    "none taken for",
    "routed again after",
    "longest wait",
    "talk's line away",
    "its longest message",
    "seen",
)
WIDTHS = (12, 5, 6, 6, 12, 14, 18, 12, 16, 19, 1)


def unrouted() -> list[str]:
    """Each conversation that was taken and given to nobody, or is given to somebody and still marked as waiting for it; talks are not."""
    left = Conversation.objects.filter(talk=None).exclude(state=Conversation.State.ASSIGNED, unrouted_since=None)
    return [f"conversation {pk} is nobody's" for pk in left.values_list("pk", flat=True)]


def verdict(writers: Sequence[Writer], talks: Talking) -> dict[str, list[str]]:
    """What was looked for, and each case that was found."""
    return {
        "lost: taken, and given to no counsellor": unrouted(),
        "false “sent”: not there once, as it was sent": findings.lost(writers),
        "there in part, or from nobody": findings.halves(writers),
        "assigned twice": findings.twice_assigned(),
        **talks.findings(),
    }


def table(rows: Iterable[Row]) -> str:
    """The faults, one a line."""
    return "\n".join([line(HEAD), *(line(_cells(row)) for row in rows)])


def line(cells: Sequence[str]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    held = f"{row.held:.0f} s" if row.held else "killed"
    routed = "never" if row.routed is None else "at once" if not row.routed else f"{row.routed:.1f} s"
    numbers = str(row.times), held, str(row.taken), str(row.failed), f"{row.silence:.1f} s", routed, f"{row.waited:.1f} s"
    talks = f"{row.away:.1f} s", f"{row.message:.1f} s"
    return (row.name, *numbers, *talks, row.seen)


def summary(writers: Sequence[Writer], failures: Iterable[str], found: dict[str, list[str]], wrong: Sequence[str], talks: Talking) -> str:
    """The whole in lines."""
    sent = sum(len(writer.sent) for writer in writers)
    kinds = ", ".join(f"{kind} {count}" for kind, count in Counter(failures).most_common(6))
    left = sum(not writer.stays and not writer.sent for writer in writers)
    lines = [f"{sent} messages were answered with “sent”, of {len(writers)} people; {left} of them left at a failure."]
    lines.append(f"{talks.sent} messages were sent in {len(talks.runs)} live talks.")
    lines.append(f"Tries that failed, by what the browser met: {kinds or 'none'}.")
    for name, cases in {**found, "went otherwise than it should": list(wrong)}.items():
        lines.append(f"{name + ':':<50}{len(cases)}" + "".join(f"\n    {case}" for case in cases[:5]))
    return "\n".join(lines)
