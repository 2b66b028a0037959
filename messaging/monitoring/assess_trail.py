"""From figures to words: whether the trail of what staff did is as it was written. PURE."""

from messaging.monitoring.status import StatusFinding, TrailStanding, status_state


def trail_findings(trail: TrailStanding | None) -> list[StatusFinding]:
    """The line about the chain; none where nobody looked."""
    if trail is None:
        return []
    says = f"The chain over the trail holds. Its head is {trail.number}:{trail.digest[:16]}…"
    do = ""
    if trail.broken:
        says = "The chain over the trail does not hold: someone changed, took out or added an entry."
        do = "Tell the people who run the server, and every other lead and admin. They run “verify_trail”, and compare a daily email."
    elif trail.unlinked:
        says = f"Entries of the trail without a place in the chain: {trail.unlinked}."
        do = "The task that makes them does not run. Ask the people who run the server."
    return [StatusFinding("trail-broken", "The trail", status_state(trail.unlinked > 0, trail.broken), says, do)]
