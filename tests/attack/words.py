"""Six words that open nothing, in each way that there is."""

from tests.world.person import Person


def refused_words() -> list[tuple[Person, dict[str, str]]]:
    """Whoever asks, and what they send: words that nobody ever had, of an inbox that is deleted, and with a signature of others."""
    unknown, deleted, wrong = Person(), Person(), Person()
    for person in (deleted, wrong):
        person.write_first()
    deleted.come_back()
    deleted.call("DELETE", "inbox")
    deleted.token = ""
    others = wrong.proof() | {"signature": unknown.proof()["signature"]}
    return [(unknown, unknown.proof()), (deleted, deleted.proof()), (wrong, others)]
