"""By what each reader knows that the person wrote a message, and no colleague in their name (PROTOCOL §4.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hmac import compare_digest

from messaging.protocol.encoding import TAG, TAGS, u32
from messaging.protocol.peer.keys import Counsellor, InboxKeys, Site, is_own_certificate
from messaging.protocol.peer.primitives import agreed_secret, kdf, mac
from messaging.protocol.wire import Certificate, Envelope, Statement


@dataclass(frozen=True)
class TagContext:
    """What a key of a tag is bound to beside its two holders."""

    site: Site
    conversation: bytes
    statement: Statement


def tag_key(where: TagContext, seed: bytes, public: bytes, certificate_id: bytes) -> bytes | None:
    """`k_i`, which the person and that one counsellor can make; None where either key is of low order."""
    agreed, statement = agreed_secret(seed, public), where.statement
    if agreed is None:
        return None
    context = where.site.site + where.conversation + u32(statement.number) + statement.statement_hash + certificate_id
    return kdf(agreed, b"", "tag", context)


def persons_tag(key: bytes | None, header: bytes, ciphertext: bytes) -> bytes:
    """16 bytes; zeros where there is no key."""
    return bytes(TAG) if key is None else mac(key, header + ciphertext)[:TAG]


def tags_of(keys: Sequence[bytes | None], header: bytes, ciphertext: bytes) -> bytes:
    """A tag for each of the roster in its order, and zeros in the places that are left: 1,024 bytes."""
    return b"".join(persons_tag(key, header, ciphertext) for key in keys).ljust(TAGS, b"\0")


def persons_tag_keys(where: TagContext, inbox: InboxKeys, publics: Sequence[bytes]) -> list[bytes | None]:
    """The keys of everyone on the roster, whose public keys are given in its order."""
    return [tag_key(where, inbox.tag_seed, public, each) for public, each in zip(publics, where.statement.roster, strict=True)]


@dataclass
class PersonsView:
    """The person, who checks every tag of their own messages."""

    site: Site
    inbox: InboxKeys
    _keys: dict[bytes, list[bytes | None] | None] = field(default_factory=dict)

    def vouched(self, envelope: Envelope, statement: Statement, certificates: Mapping[bytes, Certificate]) -> bool | None:
        """Whether all are what the person's keys give; False also where someone's certificate is not there to tell."""
        if statement.statement_hash not in self._keys:
            self._keys[statement.statement_hash] = self._made(envelope.conversation, statement, certificates)
        keys = self._keys[statement.statement_hash]
        return keys is not None and compare_digest(tags_of(keys, envelope.header, envelope.ciphertext), envelope.tags)

    def _made(self, conversation: bytes, statement: Statement, certificates: Mapping[bytes, Certificate]) -> list[bytes | None] | None:
        people = [certificates.get(each) for each in statement.roster]
        publics = [each.tag_public for each in people if each is not None]
        if len(publics) < len(people):
            return None
        return persons_tag_keys(TagContext(self.site, conversation, statement), self.inbox, publics)


@dataclass
class DesksView:
    """A counsellor, who can check the one tag that is theirs; `own` is the certificate that they work under, None without one."""

    site: Site
    counsellor: Counsellor
    own: Certificate | None
    inbox_tag: bytes
    # Of the same counsellor's earlier certificates too.
    known: Mapping[bytes, Certificate]
    _keys: dict[bytes, dict[int, bytes | None]] = field(default_factory=dict)

    def vouched(self, envelope: Envelope, statement: Statement, certificates: Mapping[bytes, Certificate]) -> bool | None:
        """Whether the own tag is right; None where this counsellor was not on that roster under these keys.

        Someone on it whose certificate is not there might be this counsellor: then it is not vouched for. The places that nobody has are
        zeros.
        """
        if statement.statement_hash not in self._keys:
            self._keys[statement.statement_hash] = self._made(envelope.conversation, statement, certificates)
        keys = self._keys[statement.statement_hash]
        if not keys:
            named = {**self.known, **certificates}
            return None if all(each in named for each in statement.roster) else False
        right = all(
            key is not None and compare_digest(persons_tag(key, envelope.header, envelope.ciphertext), envelope.tag(place))
            for place, key in keys.items()
        )
        return right and not any(envelope.tags[TAG * len(statement.roster) :])

    def _made(self, conversation: bytes, statement: Statement, certificates: Mapping[bytes, Certificate]) -> dict[int, bytes | None]:
        where, named = TagContext(self.site, conversation, statement), {**self.known, **certificates}
        if self.own is not None:
            named[self.own.certificate_id] = self.own
        mine = {
            place: each for place, each in enumerate(statement.roster) if each in named and is_own_certificate(self.counsellor, named[each])
        }
        return {place: tag_key(where, self.counsellor.tag_seed, self.inbox_tag, each) for place, each in mine.items()}
