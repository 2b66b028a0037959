"""PROTOCOL §7.1 names every problem with its status, and nothing else; the browser's client knows each that the server has."""

import re

from messaging.http.problems import KINDS
from tests.parts.environment import REPOSITORY
from tests.parts.specification import specification

CLIENT = REPOSITORY / "messaging" / "client" / "src" / "transport" / "problem.ts"


def test_the_table_is_the_servers_own() -> None:
    table = specification().partition("**7.1 Problems**")[2].partition("**7.2")[0]
    named = {name: int(status) for name, status in re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", table, re.MULTILINE)}
    assert named == {name: status for name, (status, _) in KINDS.items()}


def test_the_client_knows_them() -> None:
    known = CLIENT.read_text().partition("const KNOWN = [")[2].partition("]")[0]
    assert set(re.findall(r'"([a-z-]+)"', known)) == set(KINDS)


def test_every_label_is_in_the_specification() -> None:
    table = specification().partition("**1.2 Labels.**")[2].partition("**1.3")[0]
    named = set(re.findall(r"`([a-z-]+)`", table))
    code = "\n".join(path.read_text() for room in ("wire", "peer") for path in (REPOSITORY / "messaging" / "protocol" / room).glob("*.py"))
    used = set(re.findall(r'(?:hashed|label|signature_holds|sign|kdf)\((?:[a-z_.]+, (?:b"", |salt, )?)?"([a-z-]+)"', code))
    assert len(used) > 15
    assert used <= named
