"""A body posted as a client does it, with the work that it shows."""

from django.test import Client

from tests.world.person import Response


def post(body: bytes, shown: str = "", path: str = "messages", token: str = "") -> Response:
    headers = {"helpline-work": shown} if shown else {}
    if token:
        headers["authorization"] = f"Bearer {token}"
    return Client().generic("POST", f"/api/v1/{path}", body, content_type="application/json", headers=headers)
