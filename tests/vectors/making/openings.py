"""Cases of openings, read by the person and by the desk."""

from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import encode, u32
from messaging.protocol.peer import primitives
from messaging.protocol.peer.openings import open_as_person, unsigned_opening, wrap_info
from messaging.protocol.peer.primitives import kem_public
from messaging.protocol.wire import Opening, Statement
from tests.vectors.making import forge
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip, opening_of
from tests.world.peers import Conversation, Installation

# Offsets of §3.2.
LIFE, EPOCH, STATEMENT, COMMITMENT, TO_DESK, TO_PERSON, CERTIFICATE = 18, 34, 38, 70, 102, 1270, 2438


class Scene:
    """One opening as it should be read, and cases made of changing one thing about it."""

    def __init__(self, cast: Cast, talk: Conversation, epoch: int, side: str) -> None:
        opening = opening_of(talk, epoch)
        desk = cast.later if epoch == 2 else cast.desk
        reader: dict[str, Any] = {"words": " ".join(cast.words), "inbox_secret": encode(cast.inbox.secret)}
        if side == "desk":
            reader = {"epoch_seed": encode(cast.seed(desk, "Callum", epoch))}
        self.raw = opening.raw
        self.input: dict[str, Any] = {
            **cast.where(),
            "side": side,
            **reader,
            "inbox_id": encode(cast.inbox.inbox_id),
            "kem_public": encode(cast.inbox.kem_public),
            "sign_public": encode(cast.inbox.sign_public),
            "conversation": encode(opening.conversation),
            "epoch": epoch,
            "statement": encode(desk.statements[epoch - 1]),
            "certificates": desk.certificates(),
            "opening": encode(opening.raw),
        }
        self.prefix = f"opening-{'first' if epoch == 1 else 'later' if opening.direction == 1 else 'desks'}-{side}"

    def case(self, name: str, about: str, error: str | None = "BadOpening", raw: bytes | None = None, **change: Any) -> Case:
        given = {**self.input, **change, "opening": encode(self.raw if raw is None else raw)}
        return Case(f"{self.prefix}-{name}".removesuffix("-"), "3.3", "opening", about, given, error)


def first(cast: Cast) -> Iterator[Case]:
    """The person's opening in the first epoch."""
    person, desk = (Scene(cast, cast.talk, 1, side) for side in ("person", "desk"))
    raw, site, inbox = person.raw, cast.desk.site, cast.inbox
    public = Statement.parse(cast.desk.statements[0]).kem_public
    info = wrap_info(site, inbox.inbox_id, Opening.parse(raw).conversation, 1, 1)
    for scene in (person, desk):
        yield scene.case("", "The conversation's first opening.", None)
        for name, (altered, about) in {
            "other-inbox": (flip(raw, 2), "The inbox id is another"),
            "other-life": (flip(raw, LIFE), "The life is another"),
            "other-epoch": (edit(raw, EPOCH, u32(2)), "The epoch is another"),
            "commitment": (flip(raw, COMMITMENT), "One bit of the commitment is changed"),
            "to-desk-altered": (flip(raw, TO_DESK + 30), "One bit of what is wrapped to the desk is changed"),
            "to-desk-by-chance": (
                edit(raw, TO_DESK, forge.wrapped_by_chance(public, info, cast.secret(cast.talk, 1))),
                "It opens to the same secret, and is not what Wrap makes",
            ),
            "to-desk-other-secret": (
                edit(raw, TO_DESK, primitives.wrap(public, info, Stream("other-k")(32))),
                "Another secret is wrapped to the desk",
            ),
        }.items():
            yield scene.case(name, f"{about}; the signature holds.", raw=forge.persons_opening(site, inbox, altered))
        yield scene.case("signature", "One bit of the signature is changed.", raw=flip(raw, -1))
        yield scene.case("no-signature", "Zeros for a signature.", raw=raw[:-64] + bytes(64))
        stranger = forge.persons_opening(site, cast.other_inbox, raw)
        yield scene.case("other-signer", "Signed with another inbox's key.", raw=stranger)
        as_desks = forge.persons_opening(site, inbox, raw, "opening-desk")
        yield scene.case("other-label", "Signed for another use.", raw=as_desks)
        other = encode(other_statement(cast))
        yield scene.case("other-statement", "Another valid statement of the same number, with the same key.", statement=other)
    seed = encode(Stream("another-epoch")(32))
    yield desk.case("other-seed", "The seed of another epoch.", epoch_seed=seed)
    made = server_made(cast, cast.talk, cast.desk)
    for scene in (person, desk):
        yield scene.case("made-by-the-server", "A whole opening that a server made, with a secret of its own.", raw=made)
    malformed = {
        "version": (edit(raw, 0, b"\1"), "Version 1."),
        "direction": (edit(raw, 1, b"\3"), "Direction 3."),
        "epoch-zero": (edit(raw, EPOCH, u32(0)), "Epoch 0."),
        "to-person": (edit(raw, TO_PERSON, b"\1"), "Not zeros where a person has nothing wrapped."),
        "certificate": (edit(raw, CERTIFICATE, b"\1"), "Not zeros for a person's certificate."),
        "trailing-byte": (raw + b"\0", "A byte too many."),
        "cut-off": (raw[:-1], "A byte is missing."),
    }
    for name, (bad, about) in malformed.items():
        yield person.case(name, about, "Malformed", raw=bad)


def other_statement(cast: Cast) -> bytes:
    """Of the first epoch's number and key, by another key-holder."""
    own = Statement.parse(cast.desk.statements[0])
    days = cast.desk.today, cast.desk.today + 34
    draft = forge.Draft(number=1, kem_public=own.kem_public, previous=bytes(32), days=days, roster=own.roster)
    return forge.statement(cast.desk.site, cast.desk.members["Fergus"], draft)


def server_made(cast: Cast, talk: Conversation, desk: Installation) -> bytes:
    """What somebody can make who knows the public keys only."""
    statement, own = Statement.parse(desk.statements[-1]), Opening.parse(talk.openings[0])
    raw = unsigned_opening(desk.site, 1, own.inbox_id, own.life, statement, Stream("server-secret")(32), bytes(1168))
    return raw + bytes(80)


def later(cast: Cast) -> Iterator[Case]:
    """The person's opening in the second epoch."""
    person, desk = (Scene(cast, cast.person_opened, 2, side) for side in ("person", "desk"))
    raw, site, inbox = person.raw, cast.later.site, cast.inbox
    for scene in (person, desk):
        yield scene.case("", "The second epoch, opened by the person.", None)
        _, own = open_as_person(site, inbox, Stream("new-life")(16), Statement.parse(cast.later.statements[1]))
        yield scene.case("new-life", "Another life of the same words.", raw=own)
    of_first = open_as_person(site, inbox, Opening.parse(raw).life, Statement.parse(cast.later.statements[0]))[1]
    yield desk.case("other-epochs", "The opening of the epoch before.", raw=of_first)
    made = server_made(cast, cast.person_opened, cast.later)
    yield desk.case("made-by-the-server", "A whole opening that a server made.", raw=made)


def desks(cast: Cast) -> Iterator[Case]:
    """Isla's opening in the second epoch."""
    site, isla, callum = cast.later.site, cast.later.members["Isla"], cast.later.members["Callum"]
    for side in ("person", "desk"):
        scene = Scene(cast, cast.desk_opened, 2, side)
        raw = scene.raw
        yield scene.case("", "The second epoch, opened by the desk.", None)
        yield scene.case("signature", "One bit of the signature is changed.", raw=flip(raw, -1))
        yield scene.case("no-signature", "Zeros for a signature.", raw=raw[:-64] + bytes(64))
        yield scene.case("other-counsellor", "Signed by Isla, with Callum's certificate.", raw=edit(raw, CERTIFICATE, forge.id_of(callum)))
        changed = {"commitment": COMMITMENT, "life": LIFE, "statement": STATEMENT}
        for name, offset in changed.items():
            yield scene.case(name, f"The {name} is another, the signature holds.", raw=forge.signed_opening(site, isla, flip(raw, offset)))
        yield from rogue(cast, scene)
    person = Scene(cast, cast.desk_opened, 2, "person")
    raw, opening = person.raw, Opening.parse(person.raw)
    yield person.case("other-label", "Signed for another use.", raw=forge.signed_opening(site, isla, raw, "note"))
    fergus = cast.later.members["Fergus"]
    by_fergus = forge.signed_opening(site, fergus, edit(raw, CERTIFICATE, forge.id_of(fergus)))
    yield person.case("not-on-roster", "Signed by somebody who was on the roster only before.", raw=by_fergus)
    rest = [each for each in person.input["certificates"] if each != encode(isla.certificate)]
    yield person.case("certificate-unknown", "The certificate is not there.", certificates=rest)

    def to_person(key: bytes, info: bytes, secret: bytes) -> bytes:
        return forge.signed_opening(site, isla, edit(raw, TO_PERSON, primitives.wrap(key, info, secret)))

    foreign = to_person(kem_public(Stream("stranger-kem")(32)), b"", bytes(32))
    yield person.case("to-person-foreign", "Wrapped to somebody else.", raw=foreign)
    desks_role = wrap_info(site, opening.inbox_id, opening.conversation, 2, 1)
    role = to_person(cast.inbox.kem_public, desks_role, cast.secret(cast.desk_opened, 2))
    yield person.case("to-person-other-role", "Wrapped for the desk's role.", raw=role)
    as_person = edit(raw, 1, b"\1")
    yield person.case("said-to-be-the-persons", "Direction 1 over a desk's opening.", "Malformed", raw=as_person)


def rogue(cast: Cast, scene: Scene) -> Iterator[Case]:
    """What Isla may sign: wraps to either side that the other's secret does not give. Everything else holds."""
    site, isla, opening = cast.later.site, cast.later.members["Isla"], Opening.parse(scene.raw)
    secret, inbox_kem = cast.secret(cast.desk_opened, 2), cast.inbox.kem_public
    desk, person = (wrap_info(site, opening.inbox_id, opening.conversation, 2, role) for role in (1, 2))
    public, other = Statement.parse(cast.later.statements[1]).kem_public, Stream("other-k")(32)
    swapped = {
        "to-desk-other-secret": (
            TO_DESK,
            primitives.wrap(public, desk, other),
            "Another secret is wrapped to the desk than to the person.",
        ),
        "to-desk-by-chance": (TO_DESK, forge.wrapped_by_chance(public, desk, secret), "To the desk: it opens, and is not what Wrap makes."),
        "to-desk-noise": (TO_DESK, Stream("noise")(1168), "Nothing that anybody can open is there for the desk."),
        "to-person-other-secret": (TO_PERSON, primitives.wrap(inbox_kem, person, other), "Another secret is wrapped to the person."),
        "to-person-by-chance": (
            TO_PERSON,
            forge.wrapped_by_chance(inbox_kem, person, secret),
            "To the person: it opens, and is not what Wrap makes.",
        ),
        "to-person-noise": (TO_PERSON, Stream("noise")(1168), "Nothing that anybody can open is there for the person."),
    }
    for name, (offset, wrapped, about) in swapped.items():
        yield scene.case(name, about, raw=forge.signed_opening(site, isla, edit(scene.raw, offset, wrapped)))


def cases(cast: Cast) -> Iterator[Case]:
    yield from first(cast)
    yield from later(cast)
    yield from desks(cast)
