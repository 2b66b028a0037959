"""docker-compose.yml: what an installation runs, reachable only through the proxy."""

import re
import shlex
import sys
from pathlib import Path

import yaml

from tests.parts.commands import compose
from tests.parts.environment import REPOSITORY

SERVICES = {"postgres", "redis", "prepare", "web", "worker", "beat", "proxy"}
OURS = {"prepare", "web", "worker", "beat"}


def test_every_part_is_there() -> None:
    assert set(compose()["services"]) == SERVICES


def test_only_the_proxy_is_reached_from_outside() -> None:
    published = {name for name, service in compose()["services"].items() if "ports" in service or service.get("network_mode")}
    assert published == {"proxy"}


def test_redis_asks_for_a_password_and_keeps_its_queue() -> None:
    redis = compose()["services"]["redis"]
    command = " ".join(redis["command"])
    assert '--requirepass "$$REDISCLI_AUTH"' in command
    assert "--appendonly yes" in command
    assert redis["environment"]["REDISCLI_AUTH"] == "${HELPLINE_REDIS_PASSWORD:?}"


def test_our_parts_are_one_image_and_may_do_little() -> None:
    for name in OURS:
        service = compose()["services"][name]
        assert service["image"] == "helpline"
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]


def test_everything_that_serves_says_how_it_is() -> None:
    services = compose()["services"]
    assert {name for name in services if "healthcheck" in services[name]} == {"postgres", "redis", "web", "worker"}


def test_every_command_starts_a_programme_of_this_environment() -> None:
    """tests/parts starts the web server, the worker and beat by the very same strings; here that none needs a shell."""
    for name in OURS:
        programme, *rest = shlex.split(compose()["services"][name]["command"])
        assert (Path(sys.executable).parent / programme).exists()
        assert not set("$|&;<>`") & set("".join(rest))


def test_the_proxy_writes_no_address() -> None:
    everywhere, _, site = (REPOSITORY / "config" / "Caddyfile").read_text().partition("{$HELPLINE_ORIGIN} {")
    assert re.search(r"fields \{\s*request delete\s*\}", everywhere), "an error's record would hold the request"
    assert not re.search(r"^\s*log\b", site, re.MULTILINE), "an access log would hold addresses"


def test_the_file_is_plain_yaml() -> None:
    assert yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())["volumes"].keys() == {"database", "queue", "certificates"}
