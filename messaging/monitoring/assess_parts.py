"""From figures to words: the service's parts, the hub and the backups. PURE."""

from collections.abc import Iterator

from messaging.monitoring.spans import HOUR, time_words
from messaging.monitoring.status import HubStanding, StatusFigures, StatusFinding, StatusState, status_state

# Beat ticks every five seconds; a worker that is busy may be late.
LATE_TICK, LOST_TICK = 60, 150
SKEWED, FAR_SKEWED = 2.0, 5.0  # Seconds: PROTOCOL §7.3 lets machines differ by five.
BACKUP_LATE, BACKUP_OLD = 26 * HOUR, 48 * HOUR  # One is made each night.
# Of the hub's seats: from here on it will soon turn pages away.
NEARLY_FULL = 0.9


def part_findings(now: StatusFigures) -> Iterator[StatusFinding]:
    """The clock that gives out tasks, their queue, the clocks, the flood, the sweeper."""
    ago = now.beat_ago
    ahead = ago is not None and ago < -FAR_SKEWED
    lost = ago is None or ago > LOST_TICK or ahead
    clocks = "Set the machines’ clocks from the network (NTP)."
    parts = "Check that “beat” and “worker” are running, or restart them. Messages are still accepted, but some may wait."
    yield StatusFinding(
        "beat-silent",
        "The service's own clock",
        status_state(ago is None or ago > LATE_TICK, lost),
        "It has never run."
        if ago is None
        else f"It last ran {time_words(-ago)} in the future: a clock was set back."
        if ahead
        else f"It last ran {time_words(max(ago, 0))} ago.",
        (clocks if ahead else parts) if lost else "",
    )
    yield StatusFinding(
        "broker-down",
        "The queue of tasks",
        status_state(False, not now.broker),
        "It answers." if now.broker else "It does not answer.",
        ""
        if now.broker
        else "Check that Redis is running, and its memory and disk. Nothing is lost: when it is back, the sweeper finds what is waiting.",
    )
    skew = abs(now.skew)
    yield StatusFinding(
        "clock-skew",
        "Clocks",
        status_state(skew > SKEWED, skew > FAR_SKEWED),
        f"The database's clock and this one differ by {skew:.1f} seconds.",
        "Set the machines’ clocks from the network (NTP). Otherwise people cannot come back to their conversation."
        if skew > SKEWED
        else "",
    )
    asked = (
        "No work is needed to send a message."
        if not now.load
        else f"Each message makes its sender’s device do some work: step {now.load} of 3."
    )
    yield StatusFinding(
        "",
        "Flood",
        status_state(now.load > 0, False),
        asked,
        "More messages are coming in than usual, or very many are waiting. People can still write. This ends automatically."
        if now.load
        else "",
    )
    yield StatusFinding("", "The sweeper", StatusState.FINE, f"Conversations that the queue missed and the sweep assigned: {now.finds}.")


def backup_findings(now: StatusFigures) -> Iterator[StatusFinding]:
    """Nothing for a demonstration."""
    if now.backup_days is None:
        return
    if not now.backup_days:
        says = "The site tells people that no backups are kept. A broken disk would lose every conversation and every account."
        do = "Arrange a backup every night, and enter on the organisation's page how many days backups are kept."
        yield StatusFinding("backup-old", "Backups", StatusState.LOOK, says, do)
        return
    ago = now.backup_ago
    if ago is None:
        do = "Ask the people who run the server to make one every night: docs/operate.md, “Backups”."
        yield StatusFinding("backup-old", "Backups", StatusState.ACT, "No backup has ever been made.", do)
        return
    state = status_state(ago > BACKUP_LATE, ago > BACKUP_OLD)
    do = "Ask the people who run the server why bin/backup failed: docs/operate.md, “Backups”." if state else ""
    yield StatusFinding("backup-old", "Backups", state, f"The newest backup that is known to be complete is {time_words(ago)} old.", do)


def hub_findings(hub: HubStanding, *, broker: bool) -> Iterator[StatusFinding]:
    """Where there is one. While the queue of tasks is down nobody can tell, and that is an alarm of its own."""
    if not broker:
        yield StatusFinding("", "The hub", StatusState.LOOK, "Nobody can tell: the queue of tasks does not answer.", "Look at that first.")
        return
    if not hub.listens:
        says = "It does not answer. Pages ask for what is new every few seconds, and in a live talk nobody sees whether the other is there."
        do = "Check that “live” is running, or restart it. Nothing is lost: messages are sent and read as before."
        yield StatusFinding("hub-down", "The hub", StatusState.ACT, says, do)
        return
    sums = hub.sums
    if sums is None:
        yield StatusFinding("hub-down", "The hub", StatusState.FINE, "It answers.")
        return
    open_pages = f"Open pages of people: {sums.persons}. Of counsellors in a conversation: {sums.counsellors}. Desks: {sums.bells}."
    nearly = sums.persons + sums.counsellors + sums.bells >= NEARLY_FULL * sums.seats
    yield StatusFinding(
        "hub-down",
        "The hub",
        status_state(nearly, False),
        f"It answers. {open_pages} Conversations with someone there: {sums.rooms}. Pages turned away for want of room: {sums.refused}.",
        "It is nearly full. Pages that it turns away ask every few seconds, so nothing is lost. Ask the people who run the server to read "
        "docs/operate.md, “The hub”."
        if nearly
        else "",
    )
