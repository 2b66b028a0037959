"""/health/live and /health/ready: what a container's health check needs, and nothing of anybody or of any secret."""

import http.client

import pytest
from django.db import connection
from django.test import Client

from config.health import check_health
from tests.parts.environment import PASSWORD
from tests.parts.proxy import Proxy
from tests.parts.redis_server import Redis
from tests.parts.web import WebServer


def test_a_process_that_answers_lives_and_asks_nobody(client: Client) -> None:
    assert client.get("/health/live").json() == {"live": True}
    assert client.post("/health/live").status_code == 405


@pytest.mark.django_db
@pytest.mark.redis
def test_without_the_broker_it_is_degraded_but_ready(client: Client, redis_server: Redis) -> None:
    assert client.get("/health/ready").json() == {"ready": True, "database": "well", "broker": "well"}
    redis_server.kill()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "database": "well", "broker": "degraded"})
    assert PASSWORD not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.logs_errors("503 is said in the log")
def test_without_the_database_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "PORT", "9")
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": "down"})


@pytest.mark.django_db(transaction=True)
def test_the_containers_check_asks_and_nobody_outside_is_told(
    web_server: WebServer, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HELPLINE_BIND", f"0.0.0.0:{web_server.origin.rpartition(':')[2]}")
    assert check_health("/health/ready") == 0
    assert check_health("/health/nothing") == 1
    for path in ("/health/ready", "/health/live", "/metrics"):
        outside = http.client.HTTPConnection("localhost", proxy.port, timeout=30)
        outside.request("GET", path)
        answer = outside.getresponse()
        assert (answer.status, answer.read()) == (404, b""), path
        outside.close()
    web_server.stop()
    assert check_health("/health/live") == 1
    assert "no answer (ConnectionRefusedError)" in capsys.readouterr().err
