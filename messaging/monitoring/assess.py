"""From figures to words: what is fine, what should be looked at, and what must be done now. PURE."""

from collections.abc import Iterator

from messaging.monitoring.status import StatusFigures, StatusFinding, StatusState, status_state

__all__ = ["StatusFigures", "StatusFinding", "StatusState", "alarming_findings", "status_findings"]
HOUR, DAY = 3_600, 86_400
# Beat ticks every five seconds; a worker that is busy may be late.
LATE_TICK, LOST_TICK = 60, 150
SKEWED, FAR_SKEWED = 2.0, 5.0  # Seconds: PROTOCOL §7.3 lets machines differ by five.
EPOCH_SOON, EPOCH_NOW = 7, 2  # Days.
CERTIFICATE_SOON, CERTIFICATE_NOW = 30, 7
BACKUP_LATE, BACKUP_OLD = 26 * HOUR, 48 * HOUR  # One is made each night.
ENOUGH = 2  # Readers, and key-holders: with one the next mishap leaves nobody.


def status_findings(now: StatusFigures) -> list[StatusFinding]:
    """Every line, in the page's order."""
    return [*_flags(now), *_queue(now), *_keys(now), *_parts(now), *_backups(now)]


def alarming_findings(now: StatusFigures) -> list[StatusFinding]:
    """Those to send an email about."""
    return [finding for finding in status_findings(now) if finding.condition and finding.state == StatusState.ACT]


def _flags(now: StatusFigures) -> Iterator[StatusFinding]:
    """Red from the first moment. The email of an alarm comes once the first five minutes are over: until then the leads have their own."""
    yield StatusFinding(
        "flag-unopened" if now.flags_late or not now.flags else "",
        "Flags",
        status_state(False, now.flags > 0),
        f"Flags that no lead has opened: {now.flags}." if now.flags else "A lead has opened every flag.",
        "A lead opens each of them on the page “Conversations”, under “Flagged to the lead”. Whoever is no lead rings one now."
        if now.flags
        else "",
    )


def _queue(now: StatusFigures) -> Iterator[StatusFinding]:
    yield StatusFinding(
        "", "Conversations", StatusState.FINE, f"Waiting for a counsellor: {now.waiting}. With one: {now.assigned}. Put off: {now.snoozed}."
    )
    waited = (
        "Nobody waits for an answer." if now.oldest is None else f"Whoever waits longest has waited {_time(now.oldest)} of opening time."
    )
    yield StatusFinding(
        "past-promise",
        "The promise",
        status_state(False, now.late > 0),
        f"{waited} Past the promised time: {now.late}.",
        "Look at the conversations that are due, and at whether enough people are on duty; a lead can take one over." if now.late else "",
    )
    yield StatusFinding(
        "",
        "What can be answered",
        status_state(now.behind > 0, False),
        f"{now.behind} of those who wait cannot be answered in time by those who are on the rota until then."
        if now.behind
        else "Those on the rota can answer in time whoever waits.",
        "Find more cover on the page “Rota”, and say on the page “Hours” that the helpline is very busy: people are then promised a later "
        "answer, and can rely on it."
        if now.behind
        else "",
    )
    yield StatusFinding(
        "",
        "Disclosures",
        status_state(now.proposed > 0, False),
        f"Waiting for the decision of a second person: {now.proposed}." if now.proposed else "None waits for a decision.",
        "A lead who did not propose it decides, in the list of conversations." if now.proposed else "",
    )
    yield _duty(now)


def _duty(now: StatusFigures) -> StatusFinding:
    """Who answers at the moment."""
    if not now.opens:
        says, do = (
            "Messages have no opening hours ahead.",
            "An admin enters the hours of messages, so that people are told when they are read.",
        )
        return StatusFinding("nobody-on-duty", "On duty", StatusState.LOOK, says, do)
    missing = [f"On duty and not seen at the desk: {now.unseen}."] * (now.unseen > 0)
    missing += [f"On duty without the keys of today: {now.blind}."] * (now.blind > 0)
    if now.unstaffed:
        says = "Messages are open, and nobody able to answer is on duty."
    else:
        says = "Somebody able to answer is on duty." if now.rota else "Messages are closed."
    look = "Call whoever has not come. " * (now.unseen > 0) + "The page “Keys” says whose keys are missing. " * (now.blind > 0)
    act = "Find cover on the page “Rota”, or enter a closure on the page “Hours”, so that the site tells people the truth."
    return StatusFinding(
        "nobody-on-duty",
        "On duty",
        status_state(bool(missing), now.unstaffed),
        " ".join([says, *missing]),
        (look + act * now.unstaffed).strip(),
    )


def _keys(now: StatusFigures) -> Iterator[StatusFinding]:
    days = now.epoch_days
    yield StatusFinding(
        "epoch-ending",
        "The desk's key",
        StatusState.ACT if days is None or days <= EPOCH_NOW else status_state(days <= EPOCH_SOON, False),
        "The desk has no key for today: nobody can write." if days is None else f"The desk has keys for {_days(days)} more.",
        "A key-holder opens the next epoch on the page “Keys”." if days is None or days <= EPOCH_SOON else "",
    )
    yield StatusFinding(
        "no-reader",
        "Who can read",
        status_state(now.readers == 1, now.readers == 0),
        "Nobody could open what is written today, so nobody can write."
        if not now.readers
        else "Only one counsellor could open what is written today: if that passphrase is lost, nobody can."
        if now.readers == 1
        else f"{now.readers} counsellors could open what is written today.",
        "Counsellors make a vault and are certified, and a key-holder opens the next key with them: the page “Keys” says who lacks what."
        if now.readers < ENOUGH
        else "",
    )
    yield StatusFinding(
        "no-key-holder",
        "Key-holders",
        status_state(now.holders == 1, now.holders == 0),
        "There is no key-holder: nobody can open the desk's next key."
        if not now.holders
        else "There is only one key-holder: without them nobody can open the desk's next key."
        if now.holders == 1
        else f"{now.holders} counsellors are key-holders.",
        "Have somebody certified at the root as a key-holder (“--key-holder”)." if now.holders < ENOUGH else "",
    )
    left = now.certificates
    yield StatusFinding(
        "certificate-ending",
        "Certificates",
        status_state(left is not None and left <= CERTIFICATE_SOON, left is None or left <= CERTIFICATE_NOW),
        "No counsellor has a certificate." if left is None else f"The next certificate ends in {_days(left)}.",
        "Take each counsellor's request to the root, and its certificate back: the page “Keys” says how."
        if left is None
        else "Have the counsellor's certificate renewed at the root: the page “Keys” says whose it is."
        if left <= CERTIFICATE_SOON
        else "",
    )


def _parts(now: StatusFigures) -> Iterator[StatusFinding]:
    ago = now.beat_ago
    ahead = ago is not None and ago < -FAR_SKEWED
    lost = ago is None or ago > LOST_TICK or ahead
    yield StatusFinding(
        "beat-silent",
        "The service's own clock",
        status_state(ago is None or ago > LATE_TICK, lost),
        "It has never ticked."
        if ago is None
        else f"Its last tick lies {_time(-ago)} ahead: a clock was set back."
        if ahead
        else f"It last ticked {_time(max(ago, 0))} ago.",
        "See that “beat” and “worker” run, or start them again. Messages are taken meanwhile, but some may wait."
        + " Set the clocks of the machines by the network (NTP)." * ahead
        if lost
        else "",
    )
    yield StatusFinding(
        "broker-down",
        "The queue of tasks",
        status_state(False, not now.broker),
        "It answers." if now.broker else "It does not answer.",
        ""
        if now.broker
        else "See that Redis runs, and its memory and disk. Nothing is lost: the sweeper finds what waits once it is back.",
    )
    skew = abs(now.skew)
    yield StatusFinding(
        "clock-skew",
        "Clocks",
        status_state(skew > SKEWED, skew > FAR_SKEWED),
        f"The database's clock and this one differ by {skew:.1f} seconds.",
        "Set the clocks of the machines by the network (NTP): people cannot come back to their conversation otherwise."
        if skew > SKEWED
        else "",
    )
    asked = "Nobody is asked for work." if not now.load else f"Every message costs its sender's device some work: step {now.load} of 3."
    yield StatusFinding(
        "",
        "Flood",
        status_state(now.load > 0, False),
        asked,
        "More messages come than usual, or very many wait. People can still write. It ends by itself." if now.load else "",
    )
    yield StatusFinding("", "The sweeper", StatusState.FINE, f"Conversations that the queue missed and the sweep assigned: {now.finds}.")


def _backups(now: StatusFigures) -> Iterator[StatusFinding]:
    if now.backup_days is None:
        return
    if not now.backup_days:
        says = "The site tells people that no backups are kept. A broken disk would lose every conversation and every account."
        do = "Have backups made each night, and state for how many days they are kept, on the organisation's page."
        yield StatusFinding("backup-old", "Backups", StatusState.LOOK, says, do)
        return
    ago = now.backup_ago
    if ago is None:
        do = "Have whoever runs the server make one each night: docs/operate.md, “Backups”."
        yield StatusFinding("backup-old", "Backups", StatusState.ACT, "No backup was ever made.", do)
        return
    state = status_state(ago > BACKUP_LATE, ago > BACKUP_OLD)
    do = "Have whoever runs the server look why bin/backup did not end well: docs/operate.md, “Backups”." if state else ""
    yield StatusFinding("backup-old", "Backups", state, f"The newest one that is known to be whole is from {_time(ago)} ago.", do)


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _time(seconds: int) -> str:
    if seconds < 120:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    if seconds < 2 * HOUR:
        return f"{seconds // 60} minutes"
    return f"{seconds // HOUR} hours"
