"""What a change of the rota would bring with it: gaps, short rest, work while away. A lead reads it, and may go on knowingly."""

import hashlib
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import replace

from helpline.calendar.cover import CoverGap, worse_gaps
from helpline.models.hours import Channel
from helpline.rota.snapshot import PlannedAbsence, PlannedShift, RotaSnapshot
from helpline.rota.wording import channel_words, number_words, rota_span_words

CLOSED = {Channel.PHONE: "The phone line is", Channel.MESSAGES: "Messages are", Channel.LIVE: "Live talk is"}


class Consequences(Exception):
    """The change was not made: these sentences say what it would bring. A lead who has read them all may continue."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)


def consequence_mark(sentence: str) -> str:
    """What a page sends back for a sentence that it showed: a long absence has hundreds, and a form may weigh 32 KB."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


class ReadConsequences(Container[str]):
    """The sentences whose marks came back with the form."""

    def __init__(self, marks: Iterable[str]) -> None:
        self._marks = frozenset(marks)

    def __contains__(self, sentence: object) -> bool:
        return isinstance(sentence, str) and consequence_mark(sentence) in self._marks


class AllConsequences(Container[str]):
    """For programmes that need no warning, such as the demonstration's seed: whatever comes of it is known."""

    def __contains__(self, _sentence: object) -> bool:
        return True


def allow_consequences(sentences: Sequence[str], *, known: Container[str]) -> None:
    """Goes on when nothing is wrong, or nothing that was not read before: what changed in the meantime is said again.

    Raises:
        Consequences: there is something to know first.
    """
    if any(sentence not in known for sentence in sentences):
        raise Consequences(sentences)


def shift_consequences(picture: RotaSnapshot, *, removed: Collection[int] = (), added: Sequence[PlannedShift] = ()) -> list[str]:
    """What would be worse with these shifts gone and those there."""
    after = [work for work in picture.shifts if work.pk not in removed] + list(added)
    # A shift that only changes hands is as open or closed as it was.
    stood = {(work.channel, work.interval) for work in picture.shifts if work.pk in removed}
    elsewhere = [work for work in added if (work.channel, work.interval) not in stood]
    return [*_gaps(picture, after, picture.absences), *_closed(picture, elsewhere), *_away(picture, added), *_rest(picture, after, added)]


def publishing_consequences(picture: RotaSnapshot, drafts: Collection[int]) -> list[str]:
    """What publishing these drafts leaves: gaps that remain in the picture's days, and short rest in it."""
    after = [replace(work, published=True) if work.pk in drafts else work for work in picture.shifts]
    told = [gap_words(picture, channel, gap) for channel in picture.calendars for gap in picture.gaps(channel, after)]
    published = [work for work in after if work.pk in drafts]
    return [*told, *_away(picture, published), *_short(picture, after, {work.counsellor_id for work in published}, known=())]


def absence_consequences(picture: RotaSnapshot, absence: PlannedAbsence) -> list[str]:
    """The person's own shifts that nobody would then stand, and the gaps that come of it."""
    theirs = [work for work in picture.shifts if work.counsellor_id == absence.counsellor_id and work.interval.overlaps(absence.interval)]
    told = [
        f"{picture.name(work.counsellor_id)} has a {'shift' if work.published else 'draft shift'} on {channel_words(work.channel)} then: "
        f"{rota_span_words(work.interval, picture.zone)}."
        for work in theirs
    ]
    return told + list(_gaps(picture, picture.shifts, [*picture.absences, absence]))


def gap_words(picture: RotaSnapshot, channel: str, gap: CoverGap) -> str:
    """Messages, Monday 30 November, 09:00 to 13:00: one more person is needed."""
    one = gap.missing == 1
    missing = "one more person is needed" if one else f"{number_words(gap.missing)} more people are needed"
    return f"{channel_words(channel).capitalize()}, {rota_span_words(gap.interval, picture.zone)}: {missing}."


def _gaps(picture: RotaSnapshot, shifts: Sequence[PlannedShift], absences: Sequence[PlannedAbsence]) -> Iterator[str]:
    for channel in picture.calendars:
        for gap in worse_gaps(picture.gaps(channel), picture.gaps(channel, shifts, absences)):
            yield f"This makes a gap. {gap_words(picture, channel, gap)}"


def _closed(picture: RotaSnapshot, added: Sequence[PlannedShift]) -> Iterator[str]:
    for work in added:
        if picture.is_closed(work.channel, work.interval):
            yield f"{CLOSED[Channel(work.channel)]} closed for all of {rota_span_words(work.interval, picture.zone)}."


def _away(picture: RotaSnapshot, added: Sequence[PlannedShift]) -> Iterator[str]:
    for work in added:
        for absence in picture.absences:
            if absence.counsellor_id == work.counsellor_id and absence.interval.overlaps(work.interval):
                yield (
                    f"{picture.name(work.counsellor_id)} is away ({rota_span_words(absence.interval, picture.zone)}), "
                    "and counts as absent then whatever the rota says."
                )


def _rest(picture: RotaSnapshot, after: Sequence[PlannedShift], added: Sequence[PlannedShift]) -> Iterator[str]:
    for counsellor_id in dict.fromkeys(work.counsellor_id for work in added):
        yield from _short(picture, after, {counsellor_id}, known=picture.short_rests(counsellor_id))


def _short(picture: RotaSnapshot, after: Sequence[PlannedShift], people: Collection[int], known: Collection[object]) -> Iterator[str]:
    for counsellor_id in sorted(people, key=picture.name):
        for short in picture.short_rests(counsellor_id, after):
            if short not in known and (short.earlier.overlaps(picture.within) or short.later.overlaps(picture.within)):
                yield (
                    f"{picture.name(counsellor_id)} would have less than eleven hours’ rest: "
                    f"between {rota_span_words(short.earlier, picture.zone)} and {rota_span_words(short.later, picture.zone)}."
                )
