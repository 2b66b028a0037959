"""What the status page is made of: the service's figures, and what a line of the page says. PURE."""

from dataclasses import dataclass
from enum import IntEnum


class StatusState(IntEnum):
    """How something stands."""

    FINE = 0
    LOOK = 1
    ACT = 2

    @property
    def words(self) -> str:
        return ("Fine", "Look at this", "Act now")[self]


@dataclass(frozen=True)
class StorageStanding:
    """How vaults are stored. `days`: the current storage key's age, None without a usable one; `is_set`: whether there is to be one.

    movable: records that the current key should hold and does not. lost: records that no key here opens.
    no_sheet: counsellors with a vault and without a recovery sheet on paper.
    """

    is_set: bool
    days: int | None
    movable: int
    lost: int
    no_sheet: int


@dataclass(frozen=True)
class HubSums:
    """What the hub says of itself: open sockets by side, rooms with anyone in them, those refused for want of a seat since it started."""

    persons: int
    counsellors: int
    bells: int
    rooms: int
    refused: int
    seats: int


@dataclass(frozen=True)
class HubStanding:
    """The hub, where there is one. `listens`: it hears what is rung. `sums`: None where this process cannot ask it."""

    listens: bool
    sums: HubSums | None = None


@dataclass(frozen=True)
class TrailStanding:
    """How the chain over the trail stands, as far as its newest links: its head, whether they hold, and entries that have none yet."""

    number: int
    digest: str
    broken: bool
    unlinked: int


@dataclass(frozen=True)
class StatusFigures:
    """The service at an instant. No figure is about one person, conversation or address.

    oldest: working seconds that the person who waits the longest for an answer has waited; None when nobody waits.
    late: conversations that were to be answered by now. opens: messages are open, or will be. unstaffed: they are, and nobody able is on
    duty; `rota` are on it by the rota anyway, of whom `unseen` have not come to the desk and `blind` could open nothing.
    behind: of those who wait for an answer, how many cannot all be answered in time by those able who are on the rota until then.
    proposed: disclosures that wait for a decision.
    readers: who could open today what is written today, on duty or not. holders: those of them who may open the desk's next key.
    finds: conversations that the sweeper had to assign. beat_ago: seconds since beat's last tick, less than none when it lies ahead;
    None when it never ticked.
    epoch_days: days until the desk has no key; None when it has none. certificates: days left of the next one to end; None without any.
    flags: flags that no lead has opened, and `flags_late` those of them of which not only the leads were told by now.
    skew: seconds by which the database's clock is ahead. load: the step of work asked for (PROTOCOL §7.10).
    unsaid: what the page about the organisation does not say yet, by the names of its fields.
    backup_days: for how long the site tells people that backups are kept, 0 for none; None for a demonstration, which has none.
    backup_ago: seconds since one was known to be whole; None when none ever was. storage: how vaults lie in the database.
    hub: None where there is none.
    trail: the chain over what staff did.
    """

    waiting: int
    assigned: int
    snoozed: int
    oldest: int | None
    late: int
    unstaffed: bool
    opens: bool
    rota: int
    unseen: int
    blind: int
    behind: int
    proposed: int
    readers: int
    holders: int
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
    storage: StorageStanding | None = None
    unsaid: tuple[str, ...] = ()
    hub: HubStanding | None = None
    trail: TrailStanding | None = None


@dataclass(frozen=True)
class StatusFinding:
    """One line of the status page. `condition` names what an email is sent about; empty for what is only shown."""

    condition: str
    name: str
    state: StatusState
    says: str
    do: str = ""


def status_state(look: bool, act: bool) -> StatusState:
    """Act comes before look."""
    return StatusState.ACT if act else StatusState.LOOK if look else StatusState.FINE
