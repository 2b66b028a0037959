"""From figures to words: what is fine, what should be looked at, and what must be done now. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

HOUR, DAY = 3_600, 86_400
# Beat ticks every five seconds; a worker that is busy may be late.
LATE_TICK, LOST_TICK = 60, 150
SKEWED, FAR_SKEWED = 2.0, 5.0  # Seconds: PROTOCOL §7.3 lets machines differ by five.
EPOCH_SOON, EPOCH_NOW = 7, 2  # Days.
CERTIFICATE_SOON, CERTIFICATE_NOW = 30, 7
BACKUP_LATE, BACKUP_OLD = 26 * HOUR, 48 * HOUR  # One is made each night.


class State(IntEnum):
    """How something stands."""

    FINE = 0
    LOOK = 1
    ACT = 2

    @property
    def words(self) -> str:
        return ("Fine", "Look at this", "Act now")[self]


@dataclass(frozen=True)
class Figures:
    """The service at an instant. No figure is about one person, conversation or address.

    oldest: working seconds that whoever waits the longest for an answer has waited; None when nobody waits.
    late: conversations that were to be answered by now. unstaffed: messages are open, and nobody is on duty.
    finds: conversations that the sweeper had to give out. beat_ago: seconds since beat's last tick; None when it never ticked.
    epoch_days: days until the desk has no key; None when it has none. certificates: days left of the next one to end; None without any.
    flags: flags that no lead has opened, and `flags_late` those of them of which not only the leads were told by now.
    skew: seconds by which the database's clock is ahead. load: the step of work asked for (PROTOCOL §7.10).
    backup_days: for how long the site tells people that backups are kept, 0 for none; None for a demonstration, which has none.
    backup_ago: seconds since one was known to be whole; None when none ever was.
    """

    waiting: int
    assigned: int
    snoozed: int
    oldest: int | None
    late: int
    unstaffed: bool
    finds: int
    beat_ago: int | None
    epoch_days: int | None
    certificates: int | None
    skew: float
    broker: bool
    load: int
    flags: int = 0
    flags_late: int = 0
    backup_days: int | None = None
    backup_ago: int | None = None


@dataclass(frozen=True)
class Finding:
    """One line of the status page. `condition` names what an email is sent about; empty for what is only shown."""

    condition: str
    name: str
    state: State
    says: str
    do: str = ""


def findings(now: Figures) -> list[Finding]:
    """Every line, in the page's order."""
    return [*_flags(now), *_queue(now), *_keys(now), *_parts(now), *_backups(now)]


def alarms(now: Figures) -> list[Finding]:
    """Those to send an email about."""
    return [finding for finding in findings(now) if finding.condition and finding.state == State.ACT]


def _state(look: bool, act: bool) -> State:
    return State.ACT if act else State.LOOK if look else State.FINE


def _flags(now: Figures) -> Iterator[Finding]:
    """Red from the first moment. The email of an alarm comes once the first five minutes are over: until then the leads have their own."""
    yield Finding(
        "flag-unopened" if now.flags_late or not now.flags else "",
        "Flags",
        _state(False, now.flags > 0),
        f"{now.flags} not opened by any lead." if now.flags else "A lead has opened every flag.",
        "A lead opens each of them on the page “Conversations”, under “Flagged to the lead”. Whoever is no lead rings one now."
        if now.flags
        else "",
    )


def _queue(now: Figures) -> Iterator[Finding]:
    yield Finding(
        "", "Conversations", State.FINE, f"{now.waiting} wait for a counsellor, {now.assigned} are with one, {now.snoozed} are put off."
    )
    waited = (
        "Nobody waits for an answer." if now.oldest is None else f"Whoever waits longest has waited {_time(now.oldest)} of opening time."
    )
    yield Finding(
        "past-promise",
        "The promise",
        _state(False, now.late > 0),
        f"{waited} Past the promised time: {now.late}.",
        "Look at the conversations that are due, and at whether enough people are on duty; a lead can take one over." if now.late else "",
    )
    yield Finding(
        "nobody-on-duty",
        "On duty",
        _state(False, now.unstaffed),
        "Messages are open, and nobody is on duty." if now.unstaffed else "Somebody is on duty, or messages are closed.",
        "Find cover on the page “Rota”, or enter a closure, so that the site tells people the truth." if now.unstaffed else "",
    )


def _keys(now: Figures) -> Iterator[Finding]:
    days = now.epoch_days
    yield Finding(
        "epoch-ending",
        "The desk's key",
        State.ACT if days is None or days <= EPOCH_NOW else _state(days <= EPOCH_SOON, False),
        "The desk has no key for today: nobody can write." if days is None else f"The desk has keys for {_days(days)} more.",
        "A key-holder opens the next epoch on the page “Keys”." if days is None or days <= EPOCH_SOON else "",
    )
    left = now.certificates
    yield Finding(
        "certificate-ending",
        "Certificates",
        _state(left is not None and left <= CERTIFICATE_SOON, left is not None and left <= CERTIFICATE_NOW),
        "No counsellor has a certificate." if left is None else f"The next certificate ends in {_days(left)}.",
        "Have the counsellor's certificate renewed at the root: the page “Keys” says whose it is."
        if left is not None and left <= CERTIFICATE_SOON
        else "",
    )


def _parts(now: Figures) -> Iterator[Finding]:
    ago = now.beat_ago
    lost = ago is None or ago > LOST_TICK
    yield Finding(
        "beat-silent",
        "The service's own clock",
        _state(ago is None or ago > LATE_TICK, lost),
        "It has never ticked." if ago is None else f"It last ticked {_time(ago)} ago.",
        "See that “beat” and “worker” run, or start them again. Messages are taken meanwhile, but some may wait." if lost else "",
    )
    yield Finding(
        "broker-down",
        "The queue of tasks",
        _state(False, not now.broker),
        "It answers." if now.broker else "It does not answer.",
        ""
        if now.broker
        else "See that Redis runs, and its memory and disk. Nothing is lost: the sweeper finds what waits once it is back.",
    )
    skew = abs(now.skew)
    yield Finding(
        "clock-skew",
        "Clocks",
        _state(skew > SKEWED, skew > FAR_SKEWED),
        f"The database's clock and this one differ by {skew:.1f} seconds.",
        "Set the clocks of the machines by the network (NTP): people cannot come back to their conversation otherwise."
        if skew > SKEWED
        else "",
    )
    asked = "Nobody is asked for work." if not now.load else f"Every message costs its sender's device some work: step {now.load} of 3."
    yield Finding(
        "",
        "Flood",
        _state(now.load > 0, False),
        asked,
        "More messages come than usual, or very many wait. People can still write. It ends by itself." if now.load else "",
    )
    yield Finding("", "The sweeper", State.FINE, f"It has found {now.finds} conversations that no task had given out.")


def _backups(now: Figures) -> Iterator[Finding]:
    if now.backup_days is None:
        return
    if not now.backup_days:
        says = "The site tells people that no backups are kept. A broken disk would lose every conversation and every account."
        do = "Have backups made each night, and state for how many days they are kept, on the organisation's page."
        yield Finding("backup-old", "Backups", State.LOOK, says, do)
        return
    ago = now.backup_ago
    yield Finding(
        "backup-old",
        "Backups",
        State.ACT if ago is None else _state(ago > BACKUP_LATE, ago > BACKUP_OLD),
        "No backup was ever made." if ago is None else f"The newest one that is known to be whole is from {_time(ago)} ago.",
        "Have whoever runs the server look why bin/backup did not end well: README, “Backups”." if ago is None or ago > BACKUP_LATE else "",
    )


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _time(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} seconds"
    if seconds < 2 * HOUR:
        return f"{seconds // 60} minutes"
    return f"{seconds // HOUR} hours"
