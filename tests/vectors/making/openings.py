"""Cases of openings, read by the person and by the desk."""

from collections.abc import Iterator
from typing import Any

from messaging.protocol.encoding import encode, u32
from messaging.protocol.peer import primitives
from messaging.protocol.peer.keys import InboxKeys
from messaging.protocol.peer.openings import EarlierOpening, _info, _unsigned, continuity_key, open_as_person
from messaging.protocol.peer.primitives import kem_public, mac
from messaging.protocol.wire import Opening, Statement
from tests.vectors.making import forge
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip, opening_of
from tests.world.peers import Conversation


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
            "inbox_kem": encode(cast.inbox.kem_public),
            "conversation": encode(opening.conversation),
            "epoch": epoch,
            "statement": encode(desk.statements[epoch - 1]),
            "certificates": desk.certificates(),
            "earlier": {"epoch": 1, "secret": encode(cast.secret(talk, 1))} if epoch == 2 else None,
            "opening": encode(opening.raw),
        }
        self.prefix = f"opening-{'first' if epoch == 1 else 'later' if opening.direction == 1 else 'desks'}-{side}"

    def case(self, name: str, about: str, error: str | None = "BadOpening", raw: bytes | None = None, **change: Any) -> Case:
        given = {**self.input, **change, "opening": encode(self.raw if raw is None else raw)}
        return Case(f"{self.prefix}-{name}".removesuffix("-"), "3.3", "opening", about, given, error)


def first(cast: Cast) -> Iterator[Case]:
    """The person's opening in the first epoch."""
    person, desk = (Scene(cast, cast.talk, 1, side) for side in ("person", "desk"))
    raw = person.raw
    public = Statement.parse(cast.desk.statements[0]).kem_public
    info = _info(cast.desk.site, cast.inbox.inbox_id, Opening.parse(raw).conversation, 1, 1)
    to_desk = forge.wrapped_by_chance(public, info, cast.secret(cast.talk, 1))
    for scene in (person, desk):
        yield scene.case("", "The conversation's first opening.", None)
        yield scene.case("other-inbox", "The inbox id is another.", raw=flip(raw, 2))
        yield scene.case("other-conversation", "The conversation is another.", raw=flip(raw, 18))
        yield scene.case("other-epoch", "The epoch is another.", raw=edit(raw, 34, u32(2)))
        yield scene.case("commitment", "One bit of the commitment is changed.", raw=flip(raw, 42))
        other = forge.statement(
            cast.desk.site,
            cast.desk.members["Fergus"],
            forge.Draft(
                number=1,
                kem_public=Statement.parse(cast.desk.statements[0]).kem_public,
                previous=bytes(32),
                days=(cast.desk.today, cast.desk.today + 34),
                roster=Statement.parse(cast.desk.statements[0]).roster,
            ),
        )
        yield scene.case("other-statement", "Another valid statement of the same number, with the same key.", statement=encode(other))
        yield scene.case("to-desk-altered", "One bit of what is wrapped to the desk is changed.", raw=flip(raw, 132))
        yield scene.case("to-desk-by-chance", "It opens to the same secret, and is not what Wrap makes.", raw=edit(raw, 74, to_desk))
        other = primitives.wrap(public, info, Stream("other-k")(32))
        yield scene.case("to-desk-other-secret", "Another secret is wrapped to the desk.", raw=edit(raw, 74, other))
    seed = encode(Stream("another-epoch")(32))
    yield desk.case("other-seed", "The seed of another epoch.", epoch_seed=seed)
    made = server_made(cast, cast.inbox, None)
    yield person.case("made-by-the-server", "A whole opening that a server made, with a secret of its own.", raw=made)
    malformed = {
        "version": (edit(raw, 0, b"\2"), "Version 2."),
        "direction": (edit(raw, 1, b"\3"), "Direction 3."),
        "desk-first": (edit(raw, 1, b"\2"), "A first opening of direction 2."),
        "epoch-zero": (edit(raw, 34, u32(0)), "Epoch 0."),
        "earlier-itself": (edit(raw, 38, u32(1)), "It continues its own epoch."),
        "to-person": (edit(raw, 1242, b"\1"), "Not zeros where a person has nothing wrapped."),
        "continuity": (edit(raw, 2441, b"\1"), "Not zeros for the continuity of a first opening."),
        "certificate": (edit(raw, 2442, b"\1"), "Not zeros for a person's certificate."),
        "signature": (edit(raw, 2521, b"\1"), "Not zeros for a person's signature."),
        "trailing-byte": (raw + b"\0", "A byte too many."),
        "cut-off": (raw[:-1], "A byte is missing."),
    }
    for name, (altered, about) in malformed.items():
        yield person.case(name, about, "Malformed", raw=altered)


def server_made(cast: Cast, inbox: InboxKeys, earlier: EarlierOpening | None) -> bytes:
    """What somebody can make who knows the public keys only."""
    talk, desk = (cast.talk, cast.desk) if earlier is None else (cast.person_opened, cast.later)
    statement = Statement.parse(desk.statements[-1])
    ids = inbox.inbox_id, Opening.parse(talk.openings[0]).conversation
    secret = Stream("server-secret")(32)
    raw = _unsigned(desk.site, 1, ids, statement, secret, bytes(1168), earlier)
    return raw + bytes(80)


def later(cast: Cast) -> Iterator[Case]:
    """The person's opening in the second epoch."""
    person, desk = (Scene(cast, cast.person_opened, 2, side) for side in ("person", "desk"))
    raw = person.raw
    for scene in (person, desk):
        yield scene.case("", "The second epoch, opened by the person.", None)
        yield scene.case("continuity", "One bit of the continuity is changed.", raw=flip(raw, 2410))
        yield scene.case("to-desk-altered", "One bit of what is wrapped to the desk is changed.", raw=flip(raw, 100))
        yield scene.case("earlier-unknown", "The reader knows of no earlier opening.", earlier=None)
        wrong = {"epoch": 1, "secret": encode(Stream("wrong-secret")(32))}
        yield scene.case("earlier-secret", "The earlier secret is another.", earlier=wrong)
        own = open_as_person(cast.later.site, cast.inbox, Opening.parse(raw).conversation, Statement.parse(cast.later.statements[1]), None)
        yield scene.case("continuity-missing", "It says that it is the first.", raw=own[1])
    guess = EarlierOpening(1, Stream("server-guess")(32))
    made = server_made(cast, cast.inbox, guess)
    yield desk.case("made-by-the-server", "A whole opening that a server made, its continuity under a guess.", raw=made)


def desks(cast: Cast) -> Iterator[Case]:
    """Isla's opening in the second epoch."""
    site, isla, callum = cast.later.site, cast.later.members["Isla"], cast.later.members["Callum"]
    for side in ("person", "desk"):
        scene = Scene(cast, cast.desk_opened, 2, side)
        raw = scene.raw
        yield scene.case("", "The second epoch, opened by the desk.", None)
        yield scene.case("signature", "One bit of the signature is changed.", raw=flip(raw, -1))
        yield scene.case("no-signature", "Zeros for a signature.", raw=raw[:-64] + bytes(64))
        yield scene.case("other-counsellor", "Signed by Isla, with Callum's certificate.", raw=edit(raw, 2442, forge.id_of(callum)))
        yield scene.case(
            "continuity", "The continuity is wrong, the signature holds.", raw=forge.signed_opening(site, isla, flip(raw, 2410))
        )
        yield scene.case("commitment", "The commitment is wrong, the signature holds.", raw=forge.signed_opening(site, isla, flip(raw, 42)))
        yield from rogue(cast, scene)
    person = Scene(cast, cast.desk_opened, 2, "person")
    raw, opening = person.raw, Opening.parse(person.raw)
    yield person.case("other-label", "Signed for another use.", raw=forge.signed_opening(site, isla, raw, "note"))
    fergus = cast.later.members["Fergus"]
    by_fergus = forge.signed_opening(site, fergus, edit(raw, 2442, forge.id_of(fergus)))
    yield person.case("not-on-roster", "Signed by somebody who was on the roster only before.", raw=by_fergus)
    rest = [each for each in person.input["certificates"] if each != encode(isla.certificate)]
    yield person.case("certificate-unknown", "The certificate is not there.", certificates=rest)
    stranger = primitives.wrap(kem_public(Stream("stranger-kem")(32)), b"", bytes(32))
    yield person.case("to-person-foreign", "Wrapped to somebody else.", raw=forge.signed_opening(site, isla, edit(raw, 1242, stranger)))
    role = primitives.wrap(
        cast.inbox.kem_public, _info(site, opening.inbox_id, opening.conversation, 2, 1), cast.secret(cast.desk_opened, 2)
    )
    yield person.case("to-person-other-role", "Wrapped for the desk's role.", raw=forge.signed_opening(site, isla, edit(raw, 1242, role)))
    as_person = edit(raw, 1, b"\1")
    yield person.case("said-to-be-the-persons", "Direction 1 over a desk's opening.", "Malformed", raw=as_person)


def rogue(cast: Cast, scene: Scene) -> Iterator[Case]:
    """What Isla may sign: wraps to either side that the other's secret does not give. Everything else holds, the continuity too."""
    site, isla, opening = cast.later.site, cast.later.members["Isla"], Opening.parse(scene.raw)
    secret, earlier = cast.secret(cast.desk_opened, 2), EarlierOpening(1, cast.secret(cast.desk_opened, 1))
    desk, person = (_info(site, opening.inbox_id, opening.conversation, 2, role) for role in (1, 2))
    public, other = Statement.parse(cast.later.statements[1]).kem_public, Stream("other-k")(32)
    swapped = {
        "to-desk-other-secret": (74, primitives.wrap(public, desk, other), "Another secret is wrapped to the desk than to the person."),
        "to-desk-by-chance": (74, forge.wrapped_by_chance(public, desk, secret), "To the desk: it opens, and is not what Wrap makes."),
        "to-desk-noise": (74, Stream("noise")(1168), "Nothing that anybody can open is there for the desk."),
        "to-person-other-secret": (1242, primitives.wrap(cast.inbox.kem_public, person, other), "Another secret is wrapped to the person."),
        "to-person-by-chance": (
            1242,
            forge.wrapped_by_chance(cast.inbox.kem_public, person, secret),
            "To the person: it opens, and is not what Wrap makes.",
        ),
        "to-person-noise": (1242, Stream("noise")(1168), "Nothing that anybody can open is there for the person."),
    }
    for name, (offset, wrapped, about) in swapped.items():
        head = edit(scene.raw, offset, wrapped)[:2410]
        linked = head + mac(continuity_key(site, earlier, opening.conversation, 2), head) + scene.raw[2442:]
        yield scene.case(name, about, raw=forge.signed_opening(site, isla, linked))


def cases(cast: Cast) -> Iterator[Case]:
    yield from first(cast)
    yield from later(cast)
    yield from desks(cast)
