"""From figures to words: what is fine, what should be looked at, and what must be done now. PURE."""

from collections.abc import Iterator

from messaging.monitoring.assess_parts import backup_findings, hub_findings, part_findings
from messaging.monitoring.assess_storage import storage_findings
from messaging.monitoring.assess_trail import trail_findings
from messaging.monitoring.spans import days_words, time_words
from messaging.monitoring.status import StatusFigures, StatusFinding, StatusState, status_state

__all__ = ["StatusFigures", "StatusFinding", "StatusState", "alarming_findings", "status_findings"]
EPOCH_SOON, EPOCH_NOW = 7, 2  # Days.
CERTIFICATE_SOON, CERTIFICATE_NOW = 30, 7
ENOUGH = 2  # Readers, and key-holders: with one the next mishap leaves nobody.


def status_findings(now: StatusFigures) -> list[StatusFinding]:
    """Every line, in the page's order."""
    vaults = [] if now.storage is None else storage_findings(now.storage)
    hub = [] if now.hub is None else hub_findings(now.hub, broker=now.broker)
    return [
        *_flags(now),
        *_queue(now),
        *_keys(now),
        *vaults,
        *part_findings(now),
        *hub,
        *backup_findings(now),
        *trail_findings(now.trail),
        _told(now),
    ]


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
        "A lead opens each of them on the page “Conversations”, under “Flagged to the lead”. If you are not a lead, call one now."
        if now.flags
        else "",
    )


def _queue(now: StatusFigures) -> Iterator[StatusFinding]:
    yield StatusFinding(
        "", "Conversations", StatusState.FINE, f"Waiting for a counsellor: {now.waiting}. With one: {now.assigned}. Put off: {now.snoozed}."
    )
    waited = "Nobody is waiting for an answer." if now.oldest is None else f"The longest wait is {time_words(now.oldest)} of opening time."
    yield StatusFinding(
        "past-promise",
        "The promise",
        status_state(False, now.late > 0),
        f"{waited} Past the promised time: {now.late}.",
        "Look at the conversations that are due, and check that enough people are on duty. A lead can take a conversation over."
        if now.late
        else "",
    )
    yield StatusFinding(
        "",
        "What can be answered",
        status_state(now.behind > 0, False),
        f"The counsellors on the rota cannot answer {now.behind} of the people who are waiting in time."
        if now.behind
        else "The counsellors on the rota can answer everyone who is waiting in time.",
        "Find more cover on the page “Rota”. On the page “Hours”, say that the helpline is very busy: people "
        "are then promised a later answer that they can rely on."
        if now.behind
        else "",
    )
    yield StatusFinding(
        "",
        "Disclosures",
        status_state(now.proposed > 0, False),
        f"Waiting for a second person’s decision: {now.proposed}." if now.proposed else "None is waiting for a decision.",
        "A lead who did not propose it must decide, in the list of conversations." if now.proposed else "",
    )
    yield _duty(now)


def _duty(now: StatusFigures) -> StatusFinding:
    """Who answers at the moment."""
    if not now.opens:
        says, do = (
            "Messages have no future opening hours.",
            "An admin must enter the opening hours for messages, so that the site can tell people when someone will read them.",
        )
        return StatusFinding("nobody-on-duty", "On duty", StatusState.LOOK, says, do)
    missing = [f"On duty but not seen at the desk: {now.unseen}."] * (now.unseen > 0)
    missing += [f"On duty without today’s keys: {now.blind}."] * (now.blind > 0)
    if now.unstaffed:
        says = "Messages are open, but nobody on duty can answer."
    else:
        says = "Someone on duty can answer." if now.rota else "Messages are closed."
    look = "Call the counsellor who is missing. " * (now.unseen > 0) + "The page “Keys” shows who is missing keys. " * (now.blind > 0)
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
        "The desk has no key for today: nobody can write." if days is None else f"The desk has keys for {days_words(days)} more.",
        "A key-holder must open the next epoch on the page “Keys”, and someone else confirm it."
        if days is None or days <= EPOCH_SOON
        else "",
    )
    yield StatusFinding(
        "no-reader",
        "Who can read",
        status_state(now.readers == 1, now.readers == 0),
        "Nobody could open today’s messages, so nobody can write."
        if not now.readers
        else "Only one counsellor can open today’s messages. If that passphrase is lost, nobody can."
        if now.readers == 1
        else f"{now.readers} counsellors can open today’s messages.",
        "Counsellors need a vault and a certificate, and a key-holder must then open an epoch that includes them. The page “Keys” "
        "shows who is missing what."
        if now.readers < ENOUGH
        else "",
    )
    yield StatusFinding(
        "no-key-holder",
        "Key-holders",
        status_state(now.holders == 1, now.holders == 0),
        "There is no key-holder, so nobody can open the desk's next key."
        if not now.holders
        else "There is only one key-holder. Without them, nobody can open the desk's next key."
        if now.holders == 1
        else f"{now.holders} counsellors are key-holders.",
        "Get someone a key-holder’s certificate from the root (“--key-holder”)." if now.holders < ENOUGH else "",
    )
    left = now.certificates
    yield StatusFinding(
        "certificate-ending",
        "Certificates",
        status_state(left is not None and left <= CERTIFICATE_SOON, left is None or left <= CERTIFICATE_NOW),
        "No counsellor has a certificate." if left is None else f"The next certificate ends in {days_words(left)}.",
        "Take each counsellor's request to the root, and bring the certificate back. The page “Keys” says how."
        if left is None
        else "Get the counsellor a new certificate from the root. The page “Keys” says whose it is."
        if left <= CERTIFICATE_SOON
        else "",
    )


def _told(now: StatusFigures) -> StatusFinding:
    """What visitors must be able to learn about the organisation before the site is ready for them."""
    return StatusFinding(
        "",
        "What the site says about you",
        status_state(bool(now.unsaid), False),
        f"The site is not ready. Still missing: {', '.join(now.unsaid)}."
        if now.unsaid
        else "People can read who you are, how to complain, and what you do with their data.",
        "An admin fills in “About us”, and what the phone line sees and records on “Organisation”. Both are under “Rota and pages”."
        if now.unsaid
        else "",
    )
