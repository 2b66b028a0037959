"""Redis is away: staff sign in all the same, guesses are limited, nothing waits; and what lies in Redis never runs."""

import pickle
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from config.celery import app
from helpline.web import caching
from helpline.web.caching import PAUSE_SECONDS, Forgiving
from tests.parts.redis_server import Redis
from tests.world.signing_in import sign_in
from tests.world.staff import People

pytestmark = [pytest.mark.redis, pytest.mark.django_db]
LOGIN = "/desk/account/login/"


@pytest.fixture(autouse=True)
def soon_asked_again() -> Any:
    Forgiving.away_until = 0.0
    yield
    Forgiving.away_until = 0.0


def cache() -> Forgiving:
    """The installation's own."""
    found = caches["default"]
    assert isinstance(found, Forgiving)
    return found


@pytest.mark.parametrize("how", ["killed", "frozen"])
def test_a_shift_begins_all_the_same(
    people: People, redis_server: Redis, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    # However long this machine takes, the pause is not over.
    monkeypatch.setattr(caching, "PAUSE_SECONDS", 3_600.0)
    redis_server.kill() if how == "killed" else redis_server.freeze()
    client = sign_in(people.ailsa)
    assert client.get("/desk/").status_code == 200
    asked = [record for record in caplog.records if record.name == caching.__name__]
    assert len(asked) == 1, "a Redis that hangs is not asked at every step"


def test_guesses_are_limited_all_the_same(people: People, redis_server: Redis) -> None:
    redis_server.kill()
    client = Client()
    said = [client.post(LOGIN, {"login": people.ailsa.email, "password": "a wrong guess"}).content for _ in range(6)]
    assert b"too many wrong tries" in said[-1]
    answer = client.post(LOGIN, {"login": people.ailsa.email, "password": people.ailsa.password})
    assert b"too many wrong tries" in answer.content


def test_it_is_asked_again_and_what_it_says_counts(redis_server: Redis) -> None:
    cache().set("known", "before")
    redis_server.kill()
    assert cache().get("known") is None
    cache().set("known", "meanwhile")
    assert cache().get("known") == "meanwhile"
    redis_server.run()
    assert Forgiving.away_until <= time.monotonic() + PAUSE_SECONDS
    Forgiving.away_until = 0.0
    assert cache().get("known") is None, "it came back empty"


def test_each_step_of_a_cache_goes_on_without_it(redis_server: Redis) -> None:
    def every_step() -> list[Any]:
        ours = cache()
        ours.clear()
        ours.set("four", 4)
        ours.delete_many(["four"])
        return [
            ours.add("number", 1),
            ours.add("number", 2),
            ours.incr("number"),
            ours.get("number"),
            ours.set_many({"one": [1.5, "a"], "two": {"3": True}}),
            ours.get_many(["one", "two"]),
            ours.has_key("one"),
            ours.touch("one", 60),
            ours.delete("one"),
            ours.get_or_set("three", 3),
            ours.get("four", "nothing"),
        ]

    with_redis = every_step()
    redis_server.kill()
    assert every_step() == with_redis


class Bait:
    """What a thief with Redis's password would put there: to read it as pickle makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.path,))


def test_nothing_that_lies_in_redis_runs(redis_server: Redis, tmp_path: Path) -> None:
    cache().set("load-deep", 1)
    with redis_server.client() as client:
        [key] = client.keys("*load-deep")
        client.set(key, pickle.dumps(Bait(tmp_path / "ran")))
    assert cache().get("load-deep") is None
    assert not (tmp_path / "ran").exists()
    with pytest.raises(TypeError):
        cache().set("load-deep", Bait(tmp_path / "ran"))
    assert set(app.conf.accept_content) == {"json"}
    assert app.conf.task_serializer == "json"
