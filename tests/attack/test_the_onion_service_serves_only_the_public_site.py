"""Through the onion service nobody comes to the desk, to health or to metrics, however it is written; the public site is there."""

from collections.abc import Generator
from dataclasses import replace

import pytest

from tests.attack.raw import Answer, ask, request
from tests.attack.stack import Stack
from tests.parts.environment import REPOSITORY, Installation
from tests.parts.proxy import Proxy

pytestmark = [pytest.mark.django_db, pytest.mark.proxy]
PRIVATE = ("desk/", "desk", "desk/account/login/", "desk/admin/", "desk/api/me", "health/ready", "metrics")
WAYS = (
    "/{}",
    "//{}",
    "/./{}",
    "/x/../{}",
    "/x/%2e%2e/{}",
    "/%2e/{}",
    "/{}?a",
    "/{};a",
    "/cy/{}",
    "http://localhost/{}",
    "http://hidden.onion/{}",
)


@pytest.fixture(scope="module")
def onion(installation: Installation, stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Generator[Proxy]:
    """The onion service's own proxy, before the same web server."""
    folder = tmp_path_factory.mktemp("onion")
    (folder / "logs").mkdir()
    configuration = REPOSITORY / "config" / "onion" / "Caddyfile"
    proxy = Proxy(replace(installation, folder=folder), upstream=stack.web_port, configuration=configuration)
    proxy.run()
    yield proxy
    proxy.stop()


def asked(port: int, path: str, *headers: str) -> Answer:
    [answer] = ask(port, request(f"GET {path} HTTP/1.1", port, *headers), half=False)
    return answer


@pytest.mark.parametrize("private", PRIVATE)
def test_what_is_private_is_not_there(private: str, onion: Proxy) -> None:
    coded = "/" + "".join(f"%{ord(each):02x}" for each in private)
    for path in [*(way.format(private) for way in WAYS), f"/{private.upper()}", coded]:
        assert asked(onion.port, path).status == 404, path


@pytest.mark.parametrize("header", ["SCRIPT_NAME: /x", "X-Original-URL: /desk/", "X-Rewrite-URL: /desk/", "X-Forwarded-Prefix: /desk"])
def test_no_header_leads_there(header: str, onion: Proxy) -> None:
    assert asked(onion.port, "/x/desk/", header).status == 404
    assert b"Sign in" not in asked(onion.port, "/when", header).body


def test_the_desk_is_there_at_the_sites_own_address(stack: Stack) -> None:
    """That what is looked for above would be seen."""
    assert asked(stack.proxy.port, "/desk/").status == 302


def test_the_public_site_is_there_for_any_name_of_the_service(onion: Proxy) -> None:
    for path in ("/when", "http://hidden.onion/when"):
        answer = asked(onion.port, path)
        assert (answer.status, answer.header("set-cookie"), answer.header("strict-transport-security")) == (200, "", "")
