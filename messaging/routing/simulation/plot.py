"""The same bars as an SVG file, whose title says what it shows."""

from collections.abc import Sequence
from html import escape

from messaging.routing.simulation.report import SimulationReport, simulated_wait_labels

ROW, NAMES, WIDTH, TOP = 24, 190, 420, 70


def plot_simulated_month(found: SimulationReport) -> str:
    """One picture: waits above, load below."""
    waits = _bars("Waiting, in working hours", simulated_wait_labels(), found.waits, TOP)
    people = [f"{person.name}, {person.hours:g} h" for person in found.people]
    below = TOP + ROW * (len(found.waits) + 3)
    load = _bars("Given to each", people, [person.given for person in found.people], below)
    height = below + ROW * (len(people) + 2)
    summary = f"{found.title}: half wait at most {found.p50:g} working hours, {found.kept:.1%} are answered within the promise"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {NAMES + WIDTH + 80} {height}" role="img" font-family="sans-serif"'
        f' font-size="14"><title>{escape(summary)}</title><rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="10" y="30" font-size="16">{escape(summary)}</text>{waits}{load}</svg>\n'
    )


def _bars(title: str, names: Sequence[str], values: Sequence[int], top: int) -> str:
    most = max(*values, 1)
    parts = [f'<text x="10" y="{top}" font-weight="bold">{escape(title)}</text>']
    for number, (name, value) in enumerate(zip(names, values, strict=True), start=1):
        y, length = top + ROW * number, round(WIDTH * value / most)
        parts.append(
            f'<text x="{NAMES}" y="{y}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{NAMES + 8}" y="{y - 13}" width="{length}" height="16" fill="#1d3f72"/>'
            f'<text x="{NAMES + 14 + length}" y="{y}">{value}</text>'
        )
    return "".join(parts)
