"""Rules of pulses: their keys, what is inside, and what a page believes (PROTOCOL §12)."""

from messaging.protocol.peer import pulse_keys, pulses
from messaging.protocol.peer.pulses import PulseTalk
from tests.parts.rules import Rule

KEYS = {
    "a pulse is for its two alone": Rule(pulse_keys.pulse_keys, "kdf(where.secret, agreed, ", 'kdf(where.secret, b"", ', "pulse-from-desk"),
    "a pulse needs the opening's secret": Rule(
        pulse_keys.pulse_keys, "kdf(where.secret, agreed, ", "kdf(agreed, agreed, ", "pulse-from-desk"
    ),
    "nothing agreed is no key": Rule(pulse_keys.pulse_keys, "return None", "agreed = bytes(32)", "pulse-beside-low-order"),
    "a pulse is of its direction": Rule(pulse_keys.pulse_keys, "context + bytes([direction])", "context", "pulse-from-desk"),
    "a pulse is of its conversation": Rule(pulse_keys.pulse_keys, "where.conversation + ", "", "pulse-from-desk"),
    "a pulse is of its opening": Rule(pulse_keys.pulse_keys, "where.opening_hash + ", "", "pulse-from-desk"),
    "a pulse is of its certificate": Rule(pulse_keys.pulse_keys, " + certificate.certificate_id\n", "\n", "pulse-from-desk"),
    "the newest epoch's opening": Rule(
        pulse_keys.newest_opening,
        "max(thread.openings.values(), key=lambda each: each.opening.epoch)",
        "next(iter(thread.openings.values()))",
        "pulse-keys-two-epochs-person",
    ),
    "no pulses without a desk of today": Rule(
        pulse_keys._where, 'raise BadDates("no desk epoch of today can be relied on")', "pass", "pulse-keys-no-desk"
    ),
    "no pulses without an opening": Rule(pulse_keys._where, 'raise BadOpening("no opening held")', "pass", "pulse-keys-no-opening"),
    "who exchanges pulses is on today's roster": Rule(
        pulse_keys.desks_pulse_keys, " or not thread.desk.statement.covered_by(desk.certificate)", "", "pulse-keys-off-roster"
    ),
}
INSIDE = {
    "a pulse has one size": Rule(pulses.open_pulse, 'demand(len(raw) == PULSE, "a pulse of another size")', "pass", "pulse-longer"),
    "a pulse is of a page": Rule(pulses._parse, "life == NOBODY or ", "", "pulse-no-life"),
    "a pulse is of a beat": Rule(pulses._parse, " or beat == 0", "", "pulse-no-beat"),
    "a page is heard at a beat": Rule(pulses._parse, "(echo == NOBODY) != (heard == 0)", "False", "pulse-heard-never"),
    "nobody is heard at none": Rule(
        pulses._parse, "(echo == NOBODY) != (heard == 0)", "echo != NOBODY and heard == 0", "pulse-heard-nobody"
    ),
    "nothing hides in the padding": Rule(pulses._parse, "any(padded[CONTENT:])", "False", "pulse-padding"),
}
BELIEVED = {
    "only who has heard this page counts": Rule(PulseTalk.read, "pulse.echo != self.life", "False", "pulses-old-life-person"),
    "nobody hears a beat before it is there": Rule(PulseTalk.read, "pulse.heard > beat", "False", "pulses-not-yet-written-person"),
    "nothing of a page counts twice": Rule(
        PulseTalk.read, "pulse.beat > self._last_beat if same", "True if same", "pulses-replayed-person"
    ),
    "nothing counts after the page that followed it": Rule(
        PulseTalk.read, "else pulse.heard > self._heard", "else True", "pulses-other-page-desk"
    ),
    "the greatest beat is heard": Rule(PulseTalk.read, "max(known, pulse.beat)", "pulse.beat", "pulses-reordered-desk"),
    "who is not seen is told nothing": Rule(PulseTalk.write, "flags if shown else 0", "flags", "pulses-handed-over"),
    "who is not seen is not told what was read": Rule(PulseTalk.write, "read if shown else 0", "read", "pulses-handed-over"),
    "a page that was left is told nothing": Rule(
        PulseTalk.write, " and self._last is not None and self._last[0] == page", "", "pulses-other-page-person"
    ),
    "a person greets nobody": Rule(PulseTalk._greeted, " if self._mine == FROM_DESK else None", "", "pulses-meet-person"),
    "presence ends": Rule(PulseTalk.there, " or beat - self._heard > THERE", "", "pulses-meet-desk"),
    "typing ends first": Rule(PulseTalk.there, "types = beat - self._heard <= TYPES", "types = True", "pulses-typing-ends-desk"),
}
RULES: dict[str, Rule] = {**KEYS, **INSIDE, **BELIEVED}
